// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "requestload.h"

#include "monotonic.h"
#include "sockets.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace {
constexpr int64_t MaximumErrors = 1000; // more, and the numbers mean nothing
}

RequestLoad::RequestLoad(uint16_t port, size_t connections, std::string request)
    : m_port(port)
    , m_request(std::move(request))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_connections(connections)
{
    if (m_epoll < 0)
        Sockets::fail("epoll_create1");
    for (size_t i = 0; i < connections; ++i)
        open(i);
}

RequestLoad::~RequestLoad()
{
    for (const Connection& connection : m_connections)
        close(connection.socket);
    close(m_epoll);
}

void RequestLoad::run(int64_t warmUp, int64_t nanoseconds)
{
    const int64_t begin = monotonicNanoseconds();
    const int64_t end = begin + nanoseconds;
    m_keepFrom = begin + warmUp;
    for (Connection& connection : m_connections)
        send(connection);
    int64_t now = begin;
    epoll_event events[64];
    while (now < end) {
        const int count = epoll_wait(m_epoll, events, 64, 100);
        for (int i = 0; i < count; ++i)
            read(events[i].data.u32);
        now = monotonicNanoseconds();
    }
    m_requestsPerSecond = double(m_latencies.count()) * 1e9 / double(now - m_keepFrom);
}

void RequestLoad::open(size_t index)
{
    Connection& connection = m_connections[index];
    connection.socket = Sockets::connectToLoopback(m_port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = uint32_t(index);
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, connection.socket, &event) != 0)
        Sockets::fail("epoll_ctl");
}

void RequestLoad::send(Connection& connection)
{
    connection.reader.reset();
    connection.sentAt = monotonicNanoseconds();
    const ssize_t sent = ::send(connection.socket, m_request.data(), m_request.size(), MSG_NOSIGNAL);
    if (sent != ssize_t(m_request.size())) // a small request into an empty socket: all or nothing
        ++m_errors; // the read that follows finds the connection closed and opens it again
}

void RequestLoad::read(size_t index)
{
    Connection& connection = m_connections[index];
    char buffer[16 * 1024];
    const ssize_t size = recv(connection.socket, buffer, sizeof buffer, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        restart(index);
        return;
    }
    connection.reader.feed(buffer, size_t(size), nullptr);
    if (connection.reader.hasFailed()) {
        restart(index);
    } else if (connection.reader.isDone()) {
        const int64_t now = monotonicNanoseconds();
        ++m_requests;
        if (connection.sentAt >= m_keepFrom)
            m_latencies.add(now - connection.sentAt);
        send(connection);
    }
}

void RequestLoad::restart(size_t index)
{
    Connection& connection = m_connections[index];
    if (++m_errors > MaximumErrors) {
        std::fprintf(stderr, "more than %lld requests failed; the last status was %d\n",
            static_cast<long long>(MaximumErrors), connection.reader.status());
        std::exit(1);
    }
    close(connection.socket); // leaves the epoll set with it
    open(index);
    send(connection);
}
