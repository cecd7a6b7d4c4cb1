// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// credentials: where keys stand in a request, and taking them out or writing them in. Pure; used by the gate
// and by the providers.

#include "base/messagehead.h"
#include "base/secret.h"

#include <optional>

namespace Credentials {

/// The token of `Authorization: Bearer TOKEN` (scheme case-insensitive, RFC 9110 11.1), or nothing.
[[nodiscard]] std::optional<QByteArray> bearerToken(QByteArrayView authorization);
/// The first bearer token of the head, or nothing.
[[nodiscard]] std::optional<QByteArray> bearerToken(const RequestHead& head);

/// Values of the query parameter `name`, percent-decoded.
[[nodiscard]] QList<QByteArray> queryValues(const RequestHead& head, QByteArrayView name);
/// Takes the parameters of that name out of the target for which the predicate says so (given the decoded
/// value); all other bytes of the target stay as they are. The '?' goes with the last parameter.
template <typename Predicate>
void removeQueryParameters(RequestHead* head, QByteArrayView name, Predicate isRemoved);
void removeQueryParameter(RequestHead* head, QByteArrayView name);

/// The value of `name` in place of the old header where one of `replaced` stood first, the others of them
/// removed; the header comes last when none of them was there.
void replaceHeaders(
    HeaderList* headers, const QList<QByteArray>& replaced, const QByteArray& name, const QByteArray& value);

/// The name part of one query parameter equals `name` after percent-decoding.
[[nodiscard]] bool isParameter(QByteArrayView parameter, QByteArrayView name);
[[nodiscard]] QByteArray parameterValue(QByteArrayView parameter);

template <typename Predicate>
void removeQueryParameters(RequestHead* head, QByteArrayView name, Predicate isRemoved)
{
    const qsizetype mark = head->target.indexOf('?');
    if (mark < 0)
        return;
    QList<QByteArray> parameters = head->target.mid(mark + 1).split('&');
    const qsizetype removed = parameters.removeIf([&](const QByteArray& parameter) {
        return isParameter(parameter, name) && isRemoved(parameterValue(parameter));
    });
    if (removed > 0)
        head->target
            = head->target.left(mark) + (parameters.isEmpty() ? QByteArray() : '?' + parameters.join('&'));
}

} // namespace Credentials
