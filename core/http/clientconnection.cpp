// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/clientconnection.h"

#include "http/clientcall.h"

#include <QPointer>

#include <array>

namespace {

constexpr qsizetype readBytes = 64 * 1024; // at a time
constexpr qint64 maxDiscardedBytes = 256 * 1024; // of an unread body, rather than closing
// Read ahead while nobody takes it (a paused upload, a pipelined request): a little, so that the client's end
// is seen; the rest stays in the kernel and holds the client back.
constexpr qsizetype readAheadBytes = 16 * 1024;

} // namespace

ClientConnection::ClientConnection(
    qintptr descriptor, const HttpLimits& limits, CallRouter* router, QObject* parent)
    : QObject(parent)
    , m_limits(limits)
    , m_router(router)
    , m_socket(descriptor, this)
    , m_scanner(limits)
    , m_since(std::chrono::steady_clock::now())
{
    if (m_socket.isOpen())
        m_socket.setReading(true);
    else
        m_phase = Phase::Closed;
}

ClientConnection::~ClientConnection() = default;

bool ClientConnection::takesBody() const
{
    return m_isBodyStarted && !m_isBodyPaused && !m_scanner.isBodyComplete();
}

bool ClientConnection::wantsBytes() const
{
    if (m_phase == Phase::Call)
        return takesBody() || m_scanner.bufferedBytes() < readAheadBytes;
    return m_phase != Phase::Closed;
}

/// After whatever may change wantsBytes().
void ClientConnection::updateReading()
{
    m_socket.setReading(wantsBytes());
}

void ClientConnection::socketReadable()
{
    std::array<char, readBytes> bytes;
    const qint64 got = m_socket.read(bytes.data(), readBytes);
    // A half-closed client counts as gone: it is nginx's default, and cancelling at once is worth more here.
    if (got < 0)
        loseClient();
    else if (got > 0 && m_phase != Phase::Lingering) {
        m_scanner.feed(QByteArray(bytes.data(), got));
        process();
    }
}

void ClientConnection::process()
{
    if (m_isProcessing)
        return; // the loop below goes on
    m_isProcessing = true;
    const QPointer<ClientConnection> self(this);
    while (self) {
        const bool isWaiting = m_phase == Phase::Call && !takesBody();
        if (isWaiting || m_phase == Phase::Lingering || m_phase == Phase::Closed)
            break;
        const RequestScanner::Event event = m_scanner.next();
        if (event == RequestScanner::Event::NeedMore)
            break;
        takeEvent(event);
    }
    if (!self)
        return;
    m_isProcessing = false;
    if (m_phase == Phase::Idle && !m_scanner.isAtStart()) {
        m_phase = Phase::Head;
        m_since = std::chrono::steady_clock::now();
    }
    updateReading();
}

void ClientConnection::takeEvent(RequestScanner::Event event)
{
    switch (event) {
    case RequestScanner::Event::Head:
        openCall();
        break;
    case RequestScanner::Event::Body:
        takeBody();
        break;
    case RequestScanner::Event::BodyEnd:
        completeBody();
        break;
    case RequestScanner::Event::Refused:
        refuse(m_scanner.refusal());
        break;
    case RequestScanner::Event::NeedMore:
        break;
    }
}

void ClientConnection::openCall()
{
    m_phase = Phase::Call;
    m_isBodyStarted = false;
    m_isBodyPaused = false;
    m_isClosing = false;
    m_since = std::chrono::steady_clock::now();
    m_call = new ClientCall(this, m_scanner.takeHead());
    m_framing = ResponseFraming(m_call->head());
    ClientCall* call = m_call;
    if (!m_router->route(call) && m_call == call)
        call->respond(500, "application/json",
            Refusal{500, ErrorCode::Internal, "internal", "Request was not routed"}.toJson());
}

void ClientConnection::startBody()
{
    if (std::exchange(m_isBodyStarted, true))
        return;
    m_since = std::chrono::steady_clock::now();
    const RequestHead& head = m_call->head();
    const bool isAwaited = head.minorVersion == 1 && m_scanner.bufferedBytes() == 0
        && !m_scanner.isBodyComplete() && head.framing.kind != HttpSyntax::Framing::Kind::None
        && head.headers.hasToken("expect", "100-continue");
    if (isAwaited)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    deliverBody();
    updateReading();
}

/// Inside route() the loop of process() is running already; this takes what has arrived of the body before it
/// goes on, and no more: another request's handler must not run on top of this one's.
void ClientConnection::deliverBody()
{
    const ClientCall* call = m_call;
    while (call && m_call == call && takesBody()) {
        const RequestScanner::Event event = m_scanner.next();
        if (event == RequestScanner::Event::NeedMore)
            return;
        takeEvent(event);
    }
}

void ClientConnection::setBodyPaused(bool paused)
{
    if (std::exchange(m_isBodyPaused, paused) == paused)
        return;
    if (!paused) {
        m_since = std::chrono::steady_clock::now();
        process();
    }
    updateReading();
}

void ClientConnection::takeBody()
{
    m_since = std::chrono::steady_clock::now();
    const QByteArray bytes = m_scanner.takeBody();
    if (m_call)
        Q_EMIT m_call->bodyArrived(bytes);
}

void ClientConnection::completeBody()
{
    if (m_call)
        Q_EMIT m_call->bodyCompleted();
    else if (m_phase == Phase::Discarding)
        finishRequest();
}

void ClientConnection::sendHead(const ResponseHead& head, qint64 contentLength)
{
    m_isClosing = mustCloseAfterResponse();
    const bool isUnbounded = contentLength < 0 && m_call->head().minorVersion == 0;
    m_isClosing = m_isClosing || isUnbounded;
    // Kept for the first bytes of the body, so that both leave in one segment; without any in this turn of
    // the event loop it goes alone.
    m_pendingHead = m_framing.head(head, contentLength, m_isClosing);
    QMetaObject::invokeMethod(this, &ClientConnection::flushHead, Qt::QueuedConnection);
}

bool ClientConnection::mustCloseAfterResponse() const
{
    if (m_isFinishingUp || m_framing.wantsClose())
        return true;
    if (m_scanner.isBodyComplete() || m_call->head().framing.kind == HttpSyntax::Framing::Kind::None)
        return false;
    const qint64 remaining = m_scanner.bodyRemaining();
    const bool isAwaitingContinue = !m_isBodyStarted && m_call->head().headers.contains("expect");
    return isAwaitingContinue || remaining < 0 || remaining > maxDiscardedBytes;
}

void ClientConnection::sendBody(const QByteArray& bytes)
{
    write(m_framing.body(bytes));
}

void ClientConnection::flushHead()
{
    if (!m_pendingHead.isEmpty())
        write({});
}

void ClientConnection::write(const QByteArray& bytes)
{
    if (m_phase == Phase::Closed)
        return;
    const bool hasHead = !m_pendingHead.isEmpty();
    const bool isSent = m_socket.write(hasHead ? std::exchange(m_pendingHead, {}) + bytes : bytes);
    if (!isSent)
        loseClient();
    else if (hasHead && m_call)
        Q_EMIT m_call->headSent();
}

void ClientConnection::socketWritten()
{
    if (m_socket.bytesToWrite() > 0)
        return;
    if (m_phase == Phase::Lingering)
        finishWriting();
    else if (m_call)
        Q_EMIT m_call->drained();
}

void ClientConnection::endResponse(const HeaderList& trailers)
{
    if (!m_framing.isComplete()) {
        cutResponse(); // the client would take the next answer for the rest of this one
        return;
    }
    releaseCall();
    write(m_framing.end(trailers));
    if (m_phase == Phase::Closed)
        return; // the write has found out that the client is gone
    if (m_isClosing) {
        closeAfterWriting(!m_scanner.isBodyComplete());
        return;
    }
    m_isBodyStarted = true; // what is left of the body is read and discarded
    m_isBodyPaused = false;
    m_phase = Phase::Discarding;
    m_since = std::chrono::steady_clock::now();
    if (m_scanner.isBodyComplete())
        finishRequest();
    process();
    updateReading();
}

void ClientConnection::finishRequest()
{
    m_scanner.startNext();
    m_phase = Phase::Idle;
    m_since = std::chrono::steady_clock::now();
    if (m_isFinishingUp)
        closeAfterWriting(false);
}
