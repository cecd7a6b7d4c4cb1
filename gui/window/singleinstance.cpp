// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/singleinstance.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocalSocket>
#include <QStandardPaths>

namespace {

constexpr int patienceMs = 1000;
constexpr qint64 longestLine = 1 << 20;
const char* const taken = "taken\n";

QString serverName()
{
    const QByteArray folder
        = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation).toUtf8() + qgetenv("USER");
    return QStringLiteral("langfuse-proxy-gui-")
        + QString::fromLatin1(QCryptographicHash::hash(folder, QCryptographicHash::Sha256).toHex().left(16));
}

} // namespace

SingleInstance::SingleInstance(QObject* parent)
    : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket* socket = m_server.nextPendingConnection()) {
            connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
            connect(socket, &QLocalSocket::readyRead, this, [this, socket] { take(socket); });
            take(socket); // it may have come already
        }
    });
}

SingleInstance::~SingleInstance() = default;

bool SingleInstance::handOver(const QStringList& files)
{
    QLocalSocket socket;
    socket.connectToServer(serverName());
    if (!socket.waitForConnected(patienceMs))
        return false;
    socket.write(QJsonDocument(QJsonArray::fromStringList(files)).toJson(QJsonDocument::Compact) + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(patienceMs))
            return false;
    }
    return socket.readLine() == taken;
}

void SingleInstance::listen()
{
    if (m_server.listen(serverName()))
        return;
    QLocalServer::removeServer(serverName()); // of one that crashed: nobody answered before
    m_server.listen(serverName());
}

void SingleInstance::take(QLocalSocket* socket)
{
    if (socket->bytesAvailable() > longestLine)
        socket->abort();
    if (!socket->canReadLine())
        return;
    QStringList files;
    for (const QJsonValue& file : QJsonDocument::fromJson(socket->readLine()).array())
        files.append(file.toString());
    socket->write(taken);
    socket->flush();
    Q_EMIT filesHandedOver(files);
}
