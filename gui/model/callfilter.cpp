// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/callfilter.h"

#include "gui/model/filterparser.h"

#include <algorithm>

Result<CallFilter> CallFilter::parse(const QString& text)
{
    return FilterParser(text).parse();
}

QString CallFilter::term(const QString& field, const QString& value)
{
    const bool isPlain = !value.isEmpty() && std::all_of(value.begin(), value.end(), [](QChar c) {
        return c.isLetterOrNumber() || QStringView(u"-_.=$%<>").contains(c);
    });
    if (isPlain)
        return field + u':' + value;
    QString quoted = value;
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return field + QStringLiteral(":\"") + quoted + u'"';
}
