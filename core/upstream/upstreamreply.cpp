// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/upstreamreply.h"

#include "upstream/connectionpool.h"

#include <cstring>
#include <utility>

UpstreamReply::UpstreamReply(ConnectionPool* pool, Call call, const QNetworkRequest& request,
    QNetworkAccessManager::Operation operation, QIODevice* body, QObject* parent)
    : QNetworkReply(parent)
    , m_pool(pool)
    , m_origin(call.origin)
    , m_parser(call.head.method, call.maxHeaderBytes)
    , m_sender(std::move(call.head), call.origin, body)
    , m_providesRawHeaders(call.providesRawHeaders)
{
    setRequest(request);
    setUrl(request.url());
    setOperation(operation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    start();
    m_settingUp = false;
}

UpstreamReply::~UpstreamReply()
{
    m_done = true;
    dropConnection();
}

QByteArray UpstreamReply::takeBody()
{
    const bool wasFull = isBufferFull();
    QByteArray bytes = std::exchange(m_buffer, QByteArray());
    if (const qsizetype offset = std::exchange(m_bufferOffset, 0); offset > 0)
        bytes.remove(0, offset);
    resumeReading(wasFull);
    return bytes;
}

void UpstreamReply::abort()
{
    fail(UpstreamErrors::cancelled(m_origin));
}

void UpstreamReply::close()
{
    abort();
    QNetworkReply::close();
}

qint64 UpstreamReply::bytesAvailable() const
{
    return QNetworkReply::bytesAvailable() + buffered();
}

void UpstreamReply::setReadBufferSize(qint64 bytes)
{
    const bool wasFull = isBufferFull();
    QNetworkReply::setReadBufferSize(bytes);
    resumeReading(wasFull);
}

qint64 UpstreamReply::readData(char* data, qint64 maxSize)
{
    const bool wasFull = isBufferFull();
    const qint64 size = qMin(maxSize, buffered());
    if (size == 0)
        return m_done ? -1 : 0;
    std::memcpy(data, m_buffer.constData() + m_bufferOffset, size_t(size));
    m_bufferOffset += size;
    if (buffered() == 0) {
        m_buffer.clear();
        m_bufferOffset = 0;
    }
    resumeReading(wasFull);
    return size;
}

// ---- the request

void UpstreamReply::start()
{
    connect(&m_sender, &RequestSender::sent, this, [this] {
        if (m_settingUp)
            QMetaObject::invokeMethod(this, &UpstreamReply::requestSent, Qt::QueuedConnection);
        else
            Q_EMIT requestSent();
    });
    connect(&m_sender, &RequestSender::failed, this,
        [this](const Error& error) { fail(UpstreamErrors::ofError(error, m_origin)); });

    if (m_origin.host.isEmpty()) {
        fail({{ErrorCode::InvalidConfig, QStringLiteral("the URL is not an http or https one"), {}},
            QNetworkReply::ProtocolUnknownError});
        return;
    }
    m_connection = m_pool->takeIdle(m_origin);
    if (!m_connection) {
        m_connection = m_pool->makeFresh(m_origin, this);
        return;
    }
    m_connection->setUser(this);
    m_sender.begin(m_connection);
}

void UpstreamReply::connectionOpened()
{
    m_sender.begin(m_connection);
}

void UpstreamReply::bytesLeft()
{
    m_sender.noteBytesLeft();
}

// ---- the answer

void UpstreamReply::bytesArrived()
{
    readSocket();
}

void UpstreamReply::connectionClosed(const UpstreamFailure& failure)
{
    m_closing = failure;
    readSocket();
}

void UpstreamReply::readSocket()
{
    m_resumeQueued = false;
    if (m_reading || !m_connection)
        return;
    m_reading = true;
    bool isEmptied = false; // asking the kernel again would cost as much as the read itself
    while (m_connection && !isEmptied && !isBufferFull()) {
        QByteArray& scratch = m_pool->scratch();
        const qint64 room = readBufferSize() > 0 ? readBufferSize() - buffered() : scratch.size();
        const qint64 wanted = qMin<qint64>(room, scratch.size());
        const qint64 got = m_connection->read(scratch.data(), wanted);
        isEmptied = got < wanted;
        if (got > 0)
            takeInput(QByteArrayView(scratch.constData(), got));
    }
    m_reading = false;
    if (m_connection)
        m_connection->setReading(!isBufferFull());
    if (m_connection && m_closing && m_connection->bytesAvailable() == 0)
        endByPeer();
}

// Parses all of one read before anything of it is announced: an answer that is broken in its first bytes is
// an error and nothing else.
void UpstreamReply::takeInput(QByteArrayView input)
{
    using Event = ResponseParser::Event;
    m_sender.noteAnswered();
    const qint64 before = buffered();
    bool isHeadNew = false;
    Result<Event> event = m_parser.next(&input, &m_buffer);
    for (; event && (*event == Event::Interim || *event == Event::Head);
         event = m_parser.next(&input, &m_buffer)) {
        if (*event == Event::Interim)
            Q_EMIT interimReceived(m_parser.head());
        else
            isHeadNew = true;
        if (m_done)
            return;
    }
    if (!event) {
        m_buffer.truncate(m_bufferOffset + before);
        fail(UpstreamErrors::ofError(event.error(), m_origin));
        return;
    }
    if (isHeadNew)
        adoptHead();
    if (!m_done && buffered() > before)
        Q_EMIT readyRead();
    if (!m_done && *event == Event::Finished)
        complete(input.isEmpty());
}

void UpstreamReply::adoptHead()
{
    m_head = m_parser.head();
    if (m_parser.isCloseDelimited())
        m_connection->watchEnd();
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, m_head.status);
    if (m_providesRawHeaders)
        provideRawHeaders();
    Q_EMIT metaDataChanged();
}

// As the stock manager joins repeats: with ", ", cookies with a line feed.
void UpstreamReply::provideRawHeaders()
{
    setAttribute(QNetworkRequest::HttpReasonPhraseAttribute, QString::fromLatin1(m_head.reason));
    for (const Header& header : m_head.headers) {
        const QByteArrayView glue = isSameHeaderName(header.name, "set-cookie") ? "\n" : ", ";
        const QByteArray earlier = rawHeader(header.name);
        setRawHeader(header.name,
            hasRawHeader(header.name) ? QByteArray(earlier).append(glue).append(header.value) : header.value);
    }
}

bool UpstreamReply::isBufferFull() const
{
    return readBufferSize() > 0 && buffered() >= readBufferSize();
}

// Not at once: the caller is inside a read of its own and expects no readyRead() there.
void UpstreamReply::resumeReading(bool wasFull)
{
    if (!wasFull || m_reading || m_resumeQueued || !m_connection || isBufferFull())
        return;
    m_resumeQueued = true;
    QMetaObject::invokeMethod(this, &UpstreamReply::readSocket, Qt::QueuedConnection);
}

// ---- the end

// The peer has closed and every byte before it has been read.
void UpstreamReply::endByPeer()
{
    const bool isPlainClose = m_closing->code == QNetworkReply::RemoteHostClosedError;
    if (!m_sender.hasBegun() || (!isPlainClose && !canRetry())) {
        fail(*m_closing);
        return;
    }
    if (canRetry()) {
        retry();
        return;
    }
    if (m_parser.isCloseDelimited() && m_connection->wasReset()) {
        fail(UpstreamErrors::ofError(
            {ErrorCode::ConnectionFailed,
                QStringLiteral("the connection was reset in the middle of the answer"), {}},
            m_origin));
        return;
    }
    if (const Result<void> ended = m_parser.finish(); ended)
        complete(false);
    else
        fail(UpstreamErrors::ofError(ended.error(), m_origin));
}

// An idle connection may have been closed by the peer while the request was under way to it.
bool UpstreamReply::canRetry() const
{
    return m_connection->isReused() && m_parser.isUntouched() && m_sender.canReplay();
}

void UpstreamReply::retry()
{
    m_closing.reset();
    dropConnection();
    m_connection = m_pool->makeFresh(m_origin, this);
}

void UpstreamReply::complete(bool isInputClean)
{
    m_done = true;
    m_sender.detach();
    UpstreamConnection* connection = std::exchange(m_connection, nullptr);
    if (isInputClean && m_sender.isSent() && m_parser.isReusable()) {
        std::optional<std::chrono::seconds> peerLimit;
        if (const std::optional<qint64> seconds = m_parser.keepAliveSeconds())
            peerLimit
                = std::chrono::seconds(qMin<qint64>(*seconds, 24 * 3600)); // no overflow in milliseconds
        m_pool->giveBack(connection, peerLimit);
    } else {
        connection->retire();
    }
    setFinished(true);
    Q_EMIT readChannelFinished();
    Q_EMIT finished();
}

void UpstreamReply::fail(const UpstreamFailure& failure)
{
    if (m_done)
        return;
    m_done = true;
    m_failure = failure.error;
    dropConnection();
    setError(failure.code, failure.error.message);
    const auto announce = [this] {
        setFinished(true);
        Q_EMIT errorOccurred(error());
        Q_EMIT readChannelFinished();
        Q_EMIT finished();
    };
    if (m_settingUp)
        QMetaObject::invokeMethod(this, announce, Qt::QueuedConnection);
    else
        announce();
}

void UpstreamReply::dropConnection()
{
    m_sender.detach();
    UpstreamConnection* connection = std::exchange(m_connection, nullptr);
    if (connection && m_pool)
        connection->retire();
}
