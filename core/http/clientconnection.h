// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ClientConnection: one TCP connection of a client: reads the wire through the RequestScanner, lets one
// request at a time through the sluice, and writes the responses. Lives on the engine thread; owned by the
// HttpFrontend, which deletes it after closed().
//
//   Idle -> Head -> Body/Responding -> (Discarding the rest of a body) -> Idle ...      Lingering -> closed
//
// A second request waits in the scanner until the first one's answer has ended and its body has been read.

#include "base/streamsocket.h"
#include "http/requestscanner.h"
#include "http/responseframing.h"

#include <QObject>

#include <chrono>

class ClientCall;

/// Takes a request that is complete up to its head to its handler.
class CallRouter
{
public:
    virtual ~CallRouter() = default;
    /// The handler has run when this returns; false when none took the call.
    [[nodiscard]] virtual bool route(ClientCall* call) = 0;
    /// Told of each request that was answered with a refusal before it became a call. The head holds what was
    /// understood of it, perhaps nothing.
    virtual void noteRefused(const RequestHead&, const Refusal&) { }
};

class ClientConnection final : public QObject, private StreamSocket::User
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientConnection)

public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// `limits` and `router` must outlive this. Takes the descriptor.
    ClientConnection(qintptr descriptor, const HttpLimits& limits, CallRouter* router, QObject* parent);
    ~ClientConnection() override;

    /// False when the descriptor was bad, and after closed().
    [[nodiscard]] bool isOpen() const { return m_phase != Phase::Closed; }

    /// Answers 408 or closes when the time for what it waits for is over.
    void checkTimeout(TimePoint now);
    /// No further request; closes at once when none is open.
    void finishUp();
    /// Resets the connection; an open call is told that the client left.
    void reset();

    // For ClientCall.
    [[nodiscard]] bool isOpenCall(const ClientCall* call) const { return m_call == call; }
    void startBody();
    void setBodyPaused(bool paused);
    void sendHead(const ResponseHead& head, qint64 contentLength);
    void sendInterim(const ResponseHead& head) { write(ResponseFraming::interimHead(head)); }
    void sendBody(const QByteArray& bytes);
    void endResponse(const HeaderList& trailers);
    void cutResponse();
    [[nodiscard]] bool isPeerLoopback() const { return m_socket.isPeerLoopback(); }
    [[nodiscard]] qint64 bytesToWrite() const { return m_pendingHead.size() + m_socket.bytesToWrite(); }

Q_SIGNALS:
    /// Terminal.
    void closed();

private:
    enum class Phase {
        Idle, // between requests
        Head, // some bytes of a head have come
        Call, // a call is open
        Discarding, // the call has ended, its body not yet
        Lingering, // answered and shut down; reading until the client has seen it
        Closed,
    };

    void socketReadable() override;
    void socketWritten() override;
    void updateReading();
    void process();
    void takeEvent(RequestScanner::Event event);
    void openCall();
    void deliverBody();
    void takeBody();
    void completeBody();
    void refuse(const Refusal& refusal);
    void write(const QByteArray& bytes);
    void flushHead();
    void finishRequest();
    void closeAfterWriting(bool lingers);
    void finishWriting();
    void loseClient();
    ClientCall* releaseCall();
    void close();
    [[nodiscard]] bool takesBody() const;
    [[nodiscard]] bool wantsBytes() const;
    [[nodiscard]] bool mustCloseAfterResponse() const;

    const HttpLimits& m_limits;
    CallRouter* m_router;
    StreamSocket m_socket;
    RequestScanner m_scanner;
    ResponseFraming m_framing;
    QByteArray m_pendingHead; // a response head on its way to write()
    ClientCall* m_call = nullptr; // owned; dies by deleteLater
    Phase m_phase = Phase::Idle;
    TimePoint m_since; // begin of the phase, or the last progress in a body
    bool m_isProcessing = false;
    bool m_isBodyStarted = false;
    bool m_isBodyPaused = false;
    bool m_isClosing = false; // after this response
    bool m_isFinishingUp = false;
    bool m_lingers = false; // in Phase::Lingering: waits for the client, not only for the kernel
};
