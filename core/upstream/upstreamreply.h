// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamReply: one request and its answer over one UpstreamConnection, as a QNetworkReply. Made by
// UpstreamAccessManager::createRequest() as its child (it must die before the manager), on the engine thread.
//
//   interimReceived* -> metaDataChanged -> readyRead* -> finished        requestSent() at its own time
//
// finished() is the terminal signal, emitted exactly once; after errorOccurred() when error() != NoError. An
// answer with status 4xx or 5xx is no error here. Progress signals are not emitted. The read buffer is
// bounded by setReadBufferSize(): while it is full nothing is read from the socket.

#include "upstream/requestsender.h"
#include "upstream/responseparser.h"
#include "upstream/upstreamconnection.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

class ConnectionPool;

class UpstreamReply final : public QNetworkReply, private UpstreamConnection::User
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UpstreamReply)

public:
    struct Call
    {
        Origin origin; // an empty host fails the call
        RequestHead head;
        qsizetype maxHeaderBytes = 256 * 1024; // of a response head
        bool providesRawHeaders = false; // for users of rawHeader(); it costs copies
    };

    /// Begins the call; on an idle connection the request has left when this returns. No signal is emitted
    /// before the next turn of the event loop.
    UpstreamReply(ConnectionPool* pool, Call call, const QNetworkRequest& request,
        QNetworkAccessManager::Operation operation, QIODevice* body, QObject* parent);
    ~UpstreamReply() override;

    [[nodiscard]] const ResponseHead& head() const { return m_head; }
    [[nodiscard]] const HeaderList& trailers() const { return m_parser.trailers(); }
    /// Meaningful when error() != NoError.
    [[nodiscard]] const Error& failure() const { return m_failure; }
    /// The kernel has taken the last byte of the request.
    [[nodiscard]] bool isRequestSent() const { return m_sender.isSent(); }
    /// The request goes over a connection that an earlier one had opened.
    [[nodiscard]] bool isConnectionReused() const { return m_connection && m_connection->isReused(); }
    /// Everything that waits to be read, without a copy.
    [[nodiscard]] QByteArray takeBody();

    void abort() override;
    void close() override;
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    void setReadBufferSize(qint64 bytes) override;

Q_SIGNALS:
    void interimReceived(const ResponseHead& head);
    void requestSent();

protected:
    qint64 readData(char* data, qint64 maxSize) override;

private:
    void connectionOpened() override;
    void bytesArrived() override;
    void bytesLeft() override;
    void connectionClosed(const UpstreamFailure& failure) override;

    void start();
    void readSocket();
    void takeInput(QByteArrayView input);
    void adoptHead();
    void provideRawHeaders();
    [[nodiscard]] qint64 buffered() const { return m_buffer.size() - m_bufferOffset; }
    [[nodiscard]] bool isBufferFull() const;
    void resumeReading(bool wasFull);

    void endByPeer();
    [[nodiscard]] bool canRetry() const;
    void retry();
    void complete(bool isInputClean);
    void fail(const UpstreamFailure& failure);
    void dropConnection();

    QPointer<ConnectionPool> m_pool; // owns the connections
    UpstreamConnection* m_connection = nullptr;
    Origin m_origin;
    ResponseParser m_parser;
    RequestSender m_sender;
    ResponseHead m_head;
    Error m_failure;
    QByteArray m_buffer; // body bytes that wait to be read, from m_bufferOffset
    qsizetype m_bufferOffset = 0;
    std::optional<UpstreamFailure> m_closing; // the peer has closed; unread bytes may still wait
    bool m_providesRawHeaders;
    bool m_settingUp = true; // inside the constructor: no signals
    bool m_reading = false;
    bool m_resumeQueued = false;
    bool m_done = false;
};
