// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/proxyaddress.h"

#include <QHostAddress>

QByteArray proxyUrl(const QString& host, quint16 port)
{
    const QHostAddress address(host);
    QString name = host;
    if (address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6))
        name = QStringLiteral("localhost");
    else if (address.protocol() == QAbstractSocket::IPv6Protocol)
        name = u'[' + host + u']';
    return "http://" + name.toUtf8() + ':' + QByteArray::number(port);
}
