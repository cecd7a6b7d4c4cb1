// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apiquery.h"

#include <QUtf8StringView>

#include <algorithm>

namespace {

bool isHexDigit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

Result<QByteArray> decodedForm(QByteArray text)
{
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 1)) {
        if (at + 2 >= text.size() || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2]))
            return Error{ErrorCode::BadRequest, QStringLiteral("is not percent-encoded"), {}};
    }
    const QByteArray decoded = QByteArray::fromPercentEncoding(text.replace('+', ' '));
    if (!QUtf8StringView(decoded).isValidUtf8() || decoded.contains('\0'))
        return Error{ErrorCode::BadRequest, QStringLiteral("is not UTF-8 text"), {}};
    return decoded;
}

} // namespace

Result<ApiQuery> ApiQuery::parse(const QByteArray& target)
{
    ApiQuery query;
    const qsizetype mark = target.indexOf('?');
    query.segments = target.left(mark < 0 ? target.size() : mark).split('/').mid(2);
    if (mark < 0)
        return query;
    for (const QByteArray& parameter : target.mid(mark + 1).split('&')) {
        if (parameter.isEmpty())
            continue;
        const qsizetype equals = parameter.indexOf('=');
        const auto name = decodedForm(parameter.left(equals < 0 ? parameter.size() : equals));
        const auto value = decodedForm(equals < 0 ? QByteArray() : parameter.mid(equals + 1));
        if (!name || !value) {
            Error error = name ? value.error() : name.error();
            error.subject = name ? QString::fromUtf8(*name) : QStringLiteral("query");
            return error;
        }
        query.parameters.append({*name, *value});
    }
    return query;
}

bool ApiQuery::hasPath(const char* pattern) const
{
    const QList<QByteArray> wanted = QByteArray(pattern).split('/').mid(2);
    return wanted.size() == segments.size()
        && std::equal(wanted.begin(), wanted.end(), segments.begin(),
            [](const QByteArray& want, const QByteArray& segment) {
                return want == segment || (want == "*" && !segment.isEmpty());
            });
}
