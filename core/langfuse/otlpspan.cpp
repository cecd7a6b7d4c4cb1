// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpspan.h"

#include <algorithm>

const SpanAttribute* OtlpSpan::find(QByteArrayView key) const
{
    const auto found = std::find_if(attributes.cbegin(), attributes.cend(),
        [key](const SpanAttribute& attribute) { return attribute.key == key; });
    return found == attributes.cend() ? nullptr : &*found;
}

void OtlpSpan::setText(const QByteArray& key, const QByteArray& text)
{
    const auto found = std::find_if(attributes.begin(), attributes.end(),
        [&key](const SpanAttribute& attribute) { return attribute.key == key; });
    if (found == attributes.end())
        attributes.append({.key = key, .text = text});
    else
        found->text = text;
}

void OtlpSpan::addText(const QByteArray& key, const QByteArray& text)
{
    if (!text.isEmpty())
        attributes.append({.key = key, .text = text});
}

void OtlpSpan::addBool(const QByteArray& key, bool isTrue)
{
    attributes.append({.key = key, .kind = SpanAttribute::Kind::Bool, .isTrue = isTrue});
}

void OtlpSpan::addInteger(const QByteArray& key, qint64 number)
{
    attributes.append({.key = key, .kind = SpanAttribute::Kind::Integer, .number = number});
}
