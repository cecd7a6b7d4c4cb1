// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ClientCall: one request of one client connection, as the proxy sees it: its head, its body as it arrives,
// and the response that goes back. Made by ClientConnection when the head is complete; lives on the engine
// thread, owned by its connection until the response has ended; hold it in a QPointer.
//
//   head -> bodyArrived* -> bodyCompleted            (or clientLeft at any time, then nothing more)
//   response: sendHead -> sendBody* -> end           (or cut())

#include "base/messagehead.h"

#include <QObject>

class ClientConnection;

class ClientCall final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ClientCall)

public:
    ClientCall(ClientConnection* connection, RequestHead head);
    ~ClientCall() override;

    [[nodiscard]] const RequestHead& head() const { return m_head; }
    /// The client's connection came over the loopback; false when the client is gone.
    [[nodiscard]] bool isFromLoopback() const;

    /// Starts delivery of the body (100-continue is answered here when the client waits for it): what has
    /// arrived is signalled at once, before this returns; the rest as it comes. Nothing of the body is
    /// signalled before.
    void startBody();
    /// Stops and restarts reading from the client, for back-pressure. At most one socket buffer is held
    /// meanwhile.
    void setBodyPaused(bool paused);

    /// The response head, written with these headers as they are, in order. The framing is as `contentLength`
    /// says
    /// (>= 0), else chunked on HTTP/1.1, else (HTTP/1.0) until close; its field keeps the place it has in the
    /// headers. Never a body for HEAD, 204 and 304, where a Content-Length in the headers is kept as it is.
    void sendHead(const ResponseHead& head, qint64 contentLength);
    /// An interim response (1xx) ahead of the final head.
    void sendInterim(const ResponseHead& head);
    /// Body bytes; leaves for the kernel in the same turn of the event loop. Ignored after clientLeft().
    void sendBody(const QByteArray& bytes);
    /// The end of a complete response; with trailers when chunked. The connection goes on to its next
    /// request.
    void end(const HeaderList& trailers = {});
    /// A response that cannot be completed: the connection ends so that no client takes it for whole.
    void cut();
    /// A whole small response of ours: head, body, end.
    void respond(int status, QByteArray contentType, const QByteArray& body, const HeaderList& headers = {});

    [[nodiscard]] bool isHeadSent() const { return m_headSent; }
    /// Bytes not yet accepted by the kernel; compare with a high-water mark, resume on drained().
    [[nodiscard]] qint64 bytesToWrite() const;

Q_SIGNALS:
    void bodyArrived(const QByteArray& bytes);
    /// Terminal for the request body; after it no bodyArrived() comes.
    void bodyCompleted();
    /// The body broke its framing or a limit; the client has been answered (400, 413, 408) or cut off, and
    /// the connection is closing. Terminal: no other signal follows.
    void bodyFailed(const Error& error);
    /// The client closed or reset the connection before the response ended. Terminal: no other signal
    /// follows.
    void clientLeft();
    /// bytesToWrite() has fallen to zero.
    void drained();
    /// The response head has gone to the kernel, as far as that takes it; not when end() or cut() took it
    /// along.
    void headSent();

private:
    [[nodiscard]] bool isOpen() const;

    ClientConnection* m_connection; // the parent
    RequestHead m_head;
    bool m_headSent = false;
};
