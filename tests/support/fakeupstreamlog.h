// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeUpstreamLog: what a FakeUpstream has seen, and the names that the test has released. Shared between the
// server's thread (writes) and the test's (reads); every function locks. Owned by the FakeUpstream.

#include "base/headerlist.h"

#include <QHash>
#include <QMutex>
#include <QSet>

#include <optional>

/// One request as it came, whole or as far as it got.
struct ReceivedRequest
{
    int connection = 0; // from 1, in the order of accepting
    QByteArray method;
    QByteArray target; // as on the request line
    QByteArray rawHead; // request line, field lines and the empty line, exactly
    HeaderList headers;
    QByteArray body; // chunked framing taken off, content coding kept
    QByteArray rawBody; // as on the wire
    HeaderList trailers;
    bool isComplete = false;
};

struct UpstreamConnectionState
{
    bool isClosed = false;
    qint64 bytesReceived = 0; // of the plain text, with TLS
    qint64 bytesSent = 0; // handed to the kernel
    QByteArray alpn; // with TLS, once encrypted
};

class FakeUpstreamLog final
{
    Q_DISABLE_COPY_MOVE(FakeUpstreamLog)

public:
    FakeUpstreamLog() = default;

    // The server's side.
    [[nodiscard]] int addConnection();
    void setClosed(int connection);
    void addReceived(int connection, qint64 bytes);
    void addSent(int connection, qint64 bytes);
    void setAlpn(int connection, const QByteArray& alpn);
    /// The request that this connection is in from now until addRequest(): counts its head.
    void addHead(const ReceivedRequest& request);
    /// More of that request's body; copied, since a body shared with its reader would be copied whole at
    /// each piece.
    void addBody(int connection, QByteArrayView body, QByteArrayView rawBody);
    /// It is complete.
    void addRequest(const ReceivedRequest& request);
    void addViolation(const QString& text);
    [[nodiscard]] bool isReleased(const QByteArray& name) const;
    void release(const QByteArray& name);

    // The test's side.
    [[nodiscard]] QList<ReceivedRequest> requests() const;
    [[nodiscard]] int headCount() const;
    [[nodiscard]] std::optional<ReceivedRequest> unfinished(int connection) const;
    [[nodiscard]] int connectionCount() const;
    [[nodiscard]] int openConnectionCount() const;
    [[nodiscard]] UpstreamConnectionState connectionState(int connection) const;
    [[nodiscard]] QStringList violations() const;

private:
    mutable QMutex m_mutex;
    QList<ReceivedRequest> m_requests;
    QHash<int, ReceivedRequest> m_unfinished;
    QHash<int, UpstreamConnectionState> m_connections;
    QSet<QByteArray> m_released;
    QStringList m_violations;
    int m_headCount = 0;
};
