// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/origin.h"

#include <QByteArray>
#include <QUrl>

namespace {

constexpr quint16 httpPort = 80;
constexpr quint16 httpsPort = 443;

QString bracketed(const QString& host)
{
    return host.contains(u':') ? u'[' + host + u']' : host;
}

} // namespace

Origin Origin::of(const QUrl& url)
{
    Origin origin;
    const QString scheme = url.scheme();
    origin.isTls = scheme == u"https";
    if (!origin.isTls && scheme != u"http")
        return {};
    origin.host = url.host(QUrl::FullyEncoded);
    origin.port = quint16(url.port(origin.isTls ? httpsPort : httpPort));
    return origin;
}

QByteArray Origin::hostHeader() const
{
    const bool isDefaultPort = port == (isTls ? httpsPort : httpPort);
    return (isDefaultPort ? bracketed(host) : displayName()).toLatin1();
}

QString Origin::displayName() const
{
    return bracketed(host) + u':' + QString::number(port);
}
