// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The ends of a ClientConnection: refusals, deadlines, and the ways it closes.

#include "http/clientcall.h"
#include "http/clientconnection.h"

static constexpr std::chrono::seconds lingerTime{2};

void ClientConnection::refuse(const Refusal& refusal)
{
    ClientCall* call = releaseCall();
    const bool isAnswered = call && call->isHeadSent();
    if (!isAnswered) {
        const QByteArray body = refusal.toJson();
        ResponseFraming framing = call ? m_framing : ResponseFraming();
        const ResponseHead head{
            refusal.status, reasonPhrase(refusal.status), HeaderList{{"Content-Type", "application/json"}}};
        QByteArray answer = framing.head(head, body.size(), true); // decides the framing of the body
        write(answer.append(framing.body(body)));
    }
    if (!call)
        m_router->noteRefused(m_scanner.takeHead(), refusal);
    closeAfterWriting(!isAnswered);
    if (call)
        Q_EMIT call->bodyFailed(refusal.toError());
}

void ClientConnection::cutResponse()
{
    // Chunked and length-delimited answers are visibly broken by a plain close, which loses no byte sent
    // before.
    if (m_framing.isCloseDelimited())
        m_socket.resetOnClose();
    releaseCall();
    if (m_framing.isCloseDelimited())
        m_socket.close();
    closeAfterWriting(false);
}

void ClientConnection::closeAfterWriting(bool lingers)
{
    if (m_phase == Phase::Closed)
        return;
    m_isBodyPaused = false;
    m_phase = Phase::Lingering;
    m_since = std::chrono::steady_clock::now();
    flushHead();
    if (m_phase == Phase::Closed)
        return;
    m_lingers = lingers;
    updateReading();
    if (m_socket.bytesToWrite() == 0)
        finishWriting();
}

/// Phase::Lingering, and the kernel has all.
void ClientConnection::finishWriting()
{
    if (m_lingers)
        m_socket.shutdownSending();
    else
        loseClient();
}

void ClientConnection::checkTimeout(TimePoint now)
{
    const auto waited = now - m_since;
    switch (m_phase) {
    case Phase::Idle:
        if (waited >= m_limits.idleTimeout)
            closeAfterWriting(false);
        break;
    case Phase::Head:
        if (waited >= m_limits.headerTimeout)
            refuse({408, ErrorCode::Timeout, "request_timeout", "Request header did not arrive in time"});
        break;
    case Phase::Call:
        if (takesBody() && waited >= m_limits.idleTimeout)
            refuse({408, ErrorCode::Timeout, "request_timeout", "Request body did not arrive in time"});
        else if (!m_socket.isReading() && m_socket.hasPeerClosed())
            reset(); // behind bytes that wait in the kernel
        break;
    case Phase::Discarding:
        if (waited >= m_limits.idleTimeout)
            reset();
        break;
    case Phase::Lingering:
        if (waited >= m_limits.idleTimeout || (waited >= lingerTime && m_socket.bytesToWrite() == 0))
            reset();
        break;
    case Phase::Closed:
        break;
    }
}

void ClientConnection::finishUp()
{
    m_isFinishingUp = true;
    if (m_phase == Phase::Idle || m_phase == Phase::Head)
        closeAfterWriting(false);
}

void ClientConnection::reset()
{
    if (m_phase == Phase::Closed)
        return;
    m_socket.resetOnClose();
    loseClient();
}

void ClientConnection::loseClient()
{
    if (m_phase == Phase::Closed)
        return;
    ClientCall* call = releaseCall();
    m_socket.close();
    close();
    if (call)
        Q_EMIT call->clientLeft();
}

/// From here on nothing that the call's holder does reaches the connection.
ClientCall* ClientConnection::releaseCall()
{
    ClientCall* call = std::exchange(m_call, nullptr);
    if (call)
        call->deleteLater();
    return call;
}

void ClientConnection::close()
{
    if (std::exchange(m_phase, Phase::Closed) == Phase::Closed)
        return;
    Q_EMIT closed();
}
