// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestSender: puts one request on an UpstreamConnection: head and the body that is at hand in one write,
// then the rest of the body as its device fills, never more than a bounded amount ahead of the kernel. Knows
// whether the request may be sent again. Part of one UpstreamReply, on the engine thread.

#include "base/messagehead.h"
#include "upstream/origin.h"
#include "upstream/requestbody.h"

#include <QObject>

class UpstreamConnection;

class RequestSender final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RequestSender)

public:
    /// The device belongs to the caller and may die first (which breaks the request off).
    RequestSender(RequestHead head, const Origin& origin, QIODevice* body);

    /// Sends on this open connection, which must be forgotten with detach() before it dies. A second begin(),
    /// on another connection, is a retry.
    void begin(UpstreamConnection* connection);
    void detach();
    /// The kernel has taken bytes.
    void noteBytesLeft();
    /// The answer has begun: the request will not be sent again.
    void noteAnswered() { m_replay.clear(); }

    /// begin() has been called since the last detach().
    [[nodiscard]] bool hasBegun() const { return m_connection != nullptr; }
    /// The kernel has taken the last byte.
    [[nodiscard]] bool isSent() const { return m_sent; }
    /// On a used connection that the peer has closed without an answer: sending again on another is safe,
    /// because no byte has left, or because the method says that twice is the same as once (RFC 9110 9.2.2),
    /// and the bytes are still there.
    [[nodiscard]] bool canReplay() const;

Q_SIGNALS:
    /// isSent(), once.
    void sent();
    /// The body's device holds more or less than it should.
    void failed(const Error& error);

private:
    void watchBody();
    [[nodiscard]] Result<QByteArray> firstBytes();
    void sendBody();
    [[nodiscard]] bool fillSocket();
    void noteSent();

    UpstreamConnection* m_connection = nullptr;
    RequestHead m_head;
    Origin m_origin;
    RequestBody m_body;
    QByteArray
        m_replay; // what was sent first, as long as it is all that was sent and the answer is not there
    int m_postponed = 0; // times sendBody() has let the reader go first
    bool m_anyByteLeft = false;
    bool m_sending = false;
    bool m_sent = false;
};
