// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/bodyexcerpt.h"

#include <algorithm>

namespace BodyExcerpt {

namespace {

constexpr qsizetype smallestExcerpt = 512; // less is not worth its numbers
constexpr qsizetype probeBytes = 64; // of a value, looked for in the body
constexpr qsizetype longestBetween = 64; // bytes that stand in the text only
constexpr int maxProbes = 8; // each may read the whole body

/// Where and how long the text from `position` on stands in the body; length 0: it does not.
ExcerptPart find(const QByteArray& text, qsizetype position, const QByteArray& body)
{
    const QByteArrayView rest = QByteArrayView(text).sliced(position);
    const qsizetype offset = body.indexOf(rest.first(std::min(probeBytes, rest.size())));
    if (offset < 0)
        return {};
    const auto differs = std::mismatch(rest.begin(), rest.end(), body.begin() + offset, body.end());
    return {{}, offset, differs.first - rest.begin()};
}

} // namespace

QList<ExcerptPart> partsOf(const QByteArray& text, const QByteArray& body)
{
    QList<ExcerptPart> parts;
    if (text.size() < smallestExcerpt || body.size() < smallestExcerpt)
        return parts;
    int probes = 0;
    qsizetype start = 0; // of the bytes that are in no part yet
    qsizetype position = 0;
    while (position < text.size() && position - start < longestBetween && probes < maxProbes) {
        if (text[position] != '[' && text[position] != '{') {
            ++position;
            continue;
        }
        ++probes;
        ExcerptPart part = find(text, position, body);
        if (part.length < smallestExcerpt) {
            ++position;
            continue;
        }
        part.text = text.sliced(start, position - start);
        position += part.length;
        start = position;
        parts.append(part);
    }
    if (!parts.isEmpty() && start < text.size())
        parts.append({text.sliced(start), 0, 0});
    return parts;
}

std::optional<QByteArray> join(const QList<ExcerptPart>& parts, const QByteArray& body)
{
    if (parts.size() > maxProbes + 1)
        return std::nullopt; // damaged; partsOf() makes no more
    qsizetype size = 0;
    for (const ExcerptPart& part : parts) {
        if (part.offset < 0 || part.length < 0 || part.offset > body.size()
            || part.length > body.size() - part.offset)
            return std::nullopt;
        size += part.text.size() + part.length;
    }
    QByteArray text;
    text.reserve(size);
    for (const ExcerptPart& part : parts)
        text.append(part.text).append(QByteArrayView(body).sliced(part.offset, part.length));
    return text;
}

} // namespace BodyExcerpt
