// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/credentials.h"

#include <algorithm>

namespace Credentials {

std::optional<QByteArray> bearerToken(QByteArrayView authorization)
{
    constexpr QByteArrayView scheme = "bearer ";
    if (authorization.size() <= scheme.size()
        || !isSameHeaderName(authorization.first(scheme.size()), scheme))
        return std::nullopt;
    return HttpSyntax::trimmed(authorization.sliced(scheme.size())).toByteArray();
}

std::optional<QByteArray> bearerToken(const RequestHead& head)
{
    for (const QByteArray& value : head.headers.values("authorization")) {
        if (std::optional<QByteArray> token = bearerToken(value))
            return token;
    }
    return std::nullopt;
}

QList<QByteArray> queryValues(const RequestHead& head, QByteArrayView name)
{
    QList<QByteArray> values;
    for (const QByteArray& parameter : head.query().split('&')) {
        if (isParameter(parameter, name))
            values.append(parameterValue(parameter));
    }
    return values;
}

void removeQueryParameter(RequestHead* head, QByteArrayView name)
{
    removeQueryParameters(head, name, [](const QByteArray&) { return true; });
}

void replaceHeaders(
    HeaderList* headers, const QList<QByteArray>& replaced, const QByteArray& name, const QByteArray& value)
{
    HeaderList result;
    bool isWritten = false;
    for (const Header& header : *headers) {
        const bool isReplaced = std::any_of(replaced.begin(), replaced.end(),
            [&](const QByteArray& other) { return isSameHeaderName(header.name, other); });
        if (!isReplaced) {
            result.append(header.name, header.value);
        } else if (!isWritten) {
            // The consumer's own spelling of the name stays when it is the same header.
            result.append(isSameHeaderName(header.name, name) ? header.name : name, value);
            isWritten = true;
        }
    }
    if (!isWritten)
        result.append(name, value);
    *headers = result;
}

bool isParameter(QByteArrayView parameter, QByteArrayView name)
{
    const qsizetype equals = parameter.indexOf('=');
    const QByteArrayView raw = equals < 0 ? parameter : parameter.first(equals);
    return QByteArray::fromPercentEncoding(raw.toByteArray()) == name;
}

QByteArray parameterValue(QByteArrayView parameter)
{
    const qsizetype equals = parameter.indexOf('=');
    return equals < 0 ? QByteArray()
                      : QByteArray::fromPercentEncoding(parameter.sliced(equals + 1).toByteArray());
}

} // namespace Credentials
