// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/demoprovider.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>

namespace {

QByteArray chunked(const QByteArray& bytes)
{
    return QByteArray::number(bytes.size(), 16) + "\r\n" + bytes + "\r\n";
}

qsizetype contentLength(const QByteArray& head)
{
    for (const QByteArray& line : head.split('\n')) {
        if (line.toLower().startsWith("content-length:"))
            return line.sliced(15).trimmed().toLongLong();
    }
    return 0;
}

} // namespace

Config forDemoProvider(Config config, const QByteArray& url)
{
    config.openaiBaseUrl = config.anthropicBaseUrl = config.geminiBaseUrl = QUrl::fromEncoded(url);
    config.openaiApiKey = config.anthropicApiKey = config.geminiApiKey = config.proxyApiKey = {};
    return config;
}

DemoProvider::DemoProvider(QObject* parent)
    : QObject(parent)
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    connect(&m_server, &QTcpServer::newConnection, this, &DemoProvider::accept);
}

DemoProvider::~DemoProvider() = default;

bool DemoProvider::listen()
{
    return m_server.listen(QHostAddress::LocalHost);
}

QByteArray DemoProvider::url() const
{
    return "http://127.0.0.1:" + QByteArray::number(m_server.serverPort());
}

void DemoProvider::accept()
{
    while (QTcpSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }
}

/// Waits in the socket until the request is whole.
void DemoProvider::read(QTcpSocket* socket)
{
    const QByteArray waiting = socket->peek(socket->bytesAvailable());
    const qsizetype end = waiting.indexOf("\r\n\r\n");
    if (end < 0 || waiting.size() < end + 4 + contentLength(waiting.first(end)))
        return;
    const QByteArray head = socket->read(end + 4);
    const QByteArray body = socket->read(contentLength(head));
    const DemoAnswer answer = demoAnswer(head.split(' ').value(1), body);
    play(socket, answer, 0);
}

void DemoProvider::play(QTcpSocket* socket, const DemoAnswer& answer, qsizetype next)
{
    if (next == answer.pieces.size()) {
        if (answer.isStream)
            socket->write("0\r\n\r\n");
        return;
    }
    const DemoPiece& piece = answer.pieces.at(next);
    QTimer::singleShot(piece.afterMs, socket, [this, socket, answer, next] {
        const QByteArray& bytes = answer.pieces.at(next).bytes;
        if (answer.isStream && next == 0) // with the first word, as providers do
            socket->write(answer.head + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        socket->write(answer.isStream ? chunked(bytes) : answer.head + "\r\n\r\n" + bytes);
        socket->flush();
        play(socket, answer, next + 1);
    });
}
