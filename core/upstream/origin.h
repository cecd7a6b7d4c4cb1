// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Origin: scheme, host and port (RFC 6454), the key of the connection pool. A value.

#include <QHashFunctions>
#include <QString>

class QUrl;

struct Origin
{
    bool isTls = false;
    QString host; // lower case, ASCII-compatible; an IPv6 address without brackets
    quint16 port = 0;

    /// Of an http or https URL; an empty host for any other.
    [[nodiscard]] static Origin of(const QUrl& url);

    /// What the Host header says: the port only where it is not the scheme's own, brackets for IPv6.
    [[nodiscard]] QByteArray hostHeader() const;
    /// `host:port`, for messages.
    [[nodiscard]] QString displayName() const;

    bool operator==(const Origin&) const = default;
};

[[nodiscard]] inline size_t qHash(const Origin& origin, size_t seed = 0)
{
    return qHashMulti(seed, origin.isTls, origin.host, origin.port);
}
