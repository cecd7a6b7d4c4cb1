// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/requestsender.h"

#include "upstream/requestserializer.h"
#include "upstream/upstreamconnection.h"

#include <QIODevice>

#include <utility>

namespace {

constexpr qsizetype bodyPieceBytes = 64 * 1024; // of a body, at a time
constexpr qint64 maxUnsentBytes = 256 * 1024; // beyond it the body's device is left alone
constexpr qsizetype maxReplayBytes = 256 * 1024; // kept for a retry until the answer begins
constexpr int maxPostponed = 2;

} // namespace

RequestSender::RequestSender(RequestHead head, const Origin& origin, QIODevice* body)
    : m_head(std::move(head))
    , m_origin(origin)
    , m_body(body, m_head.framing)
{
    watchBody();
}

void RequestSender::watchBody()
{
    if (m_body.isComplete() || !m_body.isSequential())
        return;
    connect(m_body.device(), &QIODevice::readyRead, this, &RequestSender::sendBody);
    connect(m_body.device(), &QIODevice::readChannelFinished, this, [this] {
        m_body.setChannelFinished();
        sendBody();
    });
    connect(m_body.device(), &QObject::destroyed, this, &RequestSender::sendBody);
}

void RequestSender::begin(UpstreamConnection* connection)
{
    m_connection = connection;
    m_sending = true; // asking the body for bytes may bring more of them
    const Result<QByteArray> bytes = m_replay.isEmpty() ? firstBytes() : Result<QByteArray>(m_replay);
    m_sending = false;
    if (!m_connection)
        return; // the body's owner has aborted meanwhile
    if (!bytes) {
        Q_EMIT failed(bytes.error());
        return;
    }
    m_replay = connection->isReused() && bytes->size() <= maxReplayBytes ? *bytes : QByteArray();
    m_sending = true;
    connection->write(*bytes);
    connection->flush();
    m_sending = false;
    if (m_connection == connection && !m_body.isComplete())
        connection->watchEnd(); // the answer may come before the rest, see sendBody()
    sendBody();
}

void RequestSender::detach()
{
    m_connection = nullptr;
}

void RequestSender::noteBytesLeft()
{
    m_anyByteLeft = true;
    if (m_body.isComplete())
        noteSent();
    else
        sendBody();
}

bool RequestSender::canReplay() const
{
    return !m_replay.isEmpty() && (!m_anyByteLeft || RequestSerializer::isIdempotent(m_head.method));
}

// The head and the part of the body that is at hand, so that a usual request leaves in one write.
Result<QByteArray> RequestSender::firstBytes()
{
    const bool isAbsolute = m_connection->needsAbsoluteForm();
    Result<QByteArray> bytes = RequestSerializer::serialize(m_head,
        {m_origin.hostHeader(), isAbsolute, isAbsolute ? m_connection->proxyAuthorization() : QByteArray()});
    while (bytes && !m_body.isComplete() && bytes->size() < bodyPieceBytes) {
        const Result<QByteArray> piece = m_body.take(bodyPieceBytes);
        if (!piece)
            return piece;
        if (piece->isEmpty())
            break;
        bytes->append(*piece);
    }
    return bytes;
}

// Sends what the body's device has, until the socket holds enough. Called for every change: begun, bytes
// came, bytes left.
void RequestSender::sendBody()
{
    if (m_sending || !m_connection || !m_connection->isOpen())
        return;
    // A server may answer early and close (413); a write would then fail and take the unread answer with it.
    // So what has arrived is read first: the reader gets the next two turns of the event loop.
    if (!m_body.isComplete() && m_postponed < maxPostponed && m_connection->hasPendingInput()) {
        ++m_postponed;
        QMetaObject::invokeMethod(this, &RequestSender::sendBody, Qt::QueuedConnection);
        return;
    }
    m_postponed = 0;
    m_sending = true;
    while (fillSocket()) { }
    m_sending = false;
    noteSent();
}

// Queues body pieces up to the bound and flushes; true when there may be room and bytes for more.
bool RequestSender::fillSocket()
{
    bool isStarved = m_body.isComplete();
    while (!isStarved && m_connection->unsentBytes() < maxUnsentBytes) {
        const Result<QByteArray> piece = m_body.take(bodyPieceBytes);
        if (!m_connection)
            return false; // as in begin()
        if (!piece) {
            Q_EMIT failed(piece.error());
            return false;
        }
        isStarved = piece->isEmpty() || m_body.isComplete();
        if (!piece->isEmpty()) {
            m_replay.clear();
            m_connection->write(*piece);
        }
    }
    if (m_connection)
        m_connection->flush();
    return m_connection && m_connection->isOpen() && !isStarved
        && m_connection->unsentBytes() < maxUnsentBytes;
}

void RequestSender::noteSent()
{
    if (m_sent || !m_connection || !m_body.isComplete() || m_connection->unsentBytes() > 0)
        return;
    m_sent = true;
    Q_EMIT sent();
}
