// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeupstreamlog.h"

#include <algorithm>

int FakeUpstreamLog::addConnection()
{
    const QMutexLocker lock(&m_mutex);
    const int number = int(m_connections.size()) + 1;
    m_connections.insert(number, {});
    return number;
}

void FakeUpstreamLog::setClosed(int connection)
{
    const QMutexLocker lock(&m_mutex);
    m_connections[connection].isClosed = true;
}

void FakeUpstreamLog::addReceived(int connection, qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_connections[connection].bytesReceived += bytes;
}

void FakeUpstreamLog::addSent(int connection, qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_connections[connection].bytesSent += bytes;
}

void FakeUpstreamLog::setAlpn(int connection, const QByteArray& alpn)
{
    const QMutexLocker lock(&m_mutex);
    m_connections[connection].alpn = alpn;
}

void FakeUpstreamLog::addHead(const ReceivedRequest& request)
{
    const QMutexLocker lock(&m_mutex);
    ++m_headCount;
    m_unfinished.insert(request.connection, request);
}

void FakeUpstreamLog::addBody(int connection, QByteArrayView body, QByteArrayView rawBody)
{
    const QMutexLocker lock(&m_mutex);
    ReceivedRequest& request = m_unfinished[connection];
    request.body.append(body);
    request.rawBody.append(rawBody);
}

void FakeUpstreamLog::addRequest(const ReceivedRequest& request)
{
    const QMutexLocker lock(&m_mutex);
    m_unfinished.remove(request.connection);
    m_requests.append(request);
}

void FakeUpstreamLog::addViolation(const QString& text)
{
    const QMutexLocker lock(&m_mutex);
    m_violations.append(text);
}

bool FakeUpstreamLog::isReleased(const QByteArray& name) const
{
    const QMutexLocker lock(&m_mutex);
    return m_released.contains(name);
}

void FakeUpstreamLog::release(const QByteArray& name)
{
    const QMutexLocker lock(&m_mutex);
    m_released.insert(name);
}

QList<ReceivedRequest> FakeUpstreamLog::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

int FakeUpstreamLog::headCount() const
{
    const QMutexLocker lock(&m_mutex);
    return m_headCount;
}

std::optional<ReceivedRequest> FakeUpstreamLog::unfinished(int connection) const
{
    const QMutexLocker lock(&m_mutex);
    const auto found = m_unfinished.constFind(connection);
    return found == m_unfinished.constEnd() ? std::nullopt : std::optional(*found);
}

int FakeUpstreamLog::connectionCount() const
{
    const QMutexLocker lock(&m_mutex);
    return int(m_connections.size());
}

int FakeUpstreamLog::openConnectionCount() const
{
    const QMutexLocker lock(&m_mutex);
    return int(std::count_if(m_connections.begin(), m_connections.end(),
        [](const UpstreamConnectionState& state) { return !state.isClosed; }));
}

UpstreamConnectionState FakeUpstreamLog::connectionState(int connection) const
{
    const QMutexLocker lock(&m_mutex);
    return m_connections.value(connection);
}

QStringList FakeUpstreamLog::violations() const
{
    const QMutexLocker lock(&m_mutex);
    return m_violations;
}
