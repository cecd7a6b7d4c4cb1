// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "mockserver.h"

#include "jsonline.h"
#include "monotonic.h"
#include "sockets.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

namespace {

// What api.openai.com answers, in kind and size (2025-06).
constexpr std::string_view ProviderHeaders = "Connection: keep-alive\r\n"
                                             "openai-organization: bench\r\n"
                                             "openai-processing-ms: 412\r\n"
                                             "openai-version: 2020-10-01\r\n"
                                             "x-ratelimit-limit-requests: 10000\r\n"
                                             "x-ratelimit-remaining-requests: 9999\r\n"
                                             "x-ratelimit-reset-requests: 6ms\r\n"
                                             "x-request-id: req_5d21e1a6d5f54f2a9a2d6a3c1b7e8f90\r\n";

constexpr std::string_view Completion
    = R"({"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion","created":1741569952,)"
      R"("model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"message":{"role":"assistant","content":)"
      R"("Because the client and the provider agreed on those bytes, and anything a proxy changes is something )"
      R"(that neither of them asked for.","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":)"
      R"("stop"}],"usage":{"prompt_tokens":41,"completion_tokens":27,"total_tokens":68,)"
      R"("prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":)"
      R"({"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,)"
      R"("rejected_prediction_tokens":0}},"service_tier":"default","system_fingerprint":"fp_44709d6fcb"})";

constexpr std::string_view ChunkHead
    = R"(data: {"id":"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG","object":"chat.completion.chunk",)"
      R"("created":1741570283,"model":"gpt-4o-mini-2024-07-18","service_tier":"default",)"
      R"("system_fingerprint":"fp_44709d6fcb","choices":)";

constexpr std::string_view StreamEnd
    = R"([{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null})"
      "\n\n";

constexpr std::string_view StreamUsage
    = R"([],"usage":{"prompt_tokens":41,"completion_tokens":50,"total_tokens":91,"prompt_tokens_details":)"
      R"({"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}})"
      "\n\n";

int64_t headerNumber(std::string_view head, std::string_view name, int64_t fallback)
{
    for (size_t line = head.find("\r\n"); line != head.npos; line = head.find("\r\n", line + 2)) {
        const std::string_view text = head.substr(line + 2);
        if (text.size() > name.size() && strncasecmp(text.data(), name.data(), name.size()) == 0
            && text[name.size()] == ':')
            return std::strtoll(text.data() + name.size() + 1, nullptr, 10);
    }
    return fallback;
}

void appendHttpChunk(std::string& out, std::initializer_list<std::string_view> parts)
{
    size_t size = 0;
    for (const std::string_view part : parts)
        size += part.size();
    char line[32];
    out.append(line, size_t(std::snprintf(line, sizeof line, "%zx\r\n", size)));
    for (const std::string_view part : parts)
        out += part;
    out += "\r\n";
}

} // namespace

MockServer::MockServer(uint16_t port)
    : m_listener(Sockets::listenOnLoopback(port))
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_timer(timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_epoll < 0 || m_timer < 0)
        Sockets::fail("epoll or timerfd");
    watch(m_listener, EPOLLIN);
    watch(m_timer, EPOLLIN | EPOLLET); // edge: an expiry is told once and needs no read
}

MockServer::~MockServer()
{
    for (const auto& connection : m_connections) {
        if (connection)
            ::close(connection->socket);
    }
    ::close(m_timer);
    ::close(m_epoll);
    ::close(m_listener);
}

uint16_t MockServer::port() const
{
    return Sockets::localPort(m_listener);
}

void MockServer::run()
{
    epoll_event events[256];
    for (;;) {
        const int count = epoll_wait(m_epoll, events, 256, -1);
        for (int i = 0; i < count; ++i) {
            const int socket = events[i].data.fd;
            if (socket == m_listener) {
                accept();
            } else if (socket != m_timer) {
                if (Connection* connection = find(socket); connection && (events[i].events & EPOLLOUT) != 0)
                    flush(*connection);
                if (Connection* connection = find(socket); connection && (events[i].events & ~EPOLLOUT) != 0)
                    read(*connection);
            }
        }
        sendDueChunks();
        armTimer();
    }
}

void MockServer::watch(int socket, uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.fd = socket;
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, socket, &event) != 0
        && (errno != EEXIST || epoll_ctl(m_epoll, EPOLL_CTL_MOD, socket, &event) != 0))
        Sockets::fail("epoll_ctl");
}

void MockServer::accept()
{
    for (;;) {
        const int socket = accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0)
            return;
        Sockets::setNoDelay(socket);
        if (m_connections.size() <= size_t(socket))
            m_connections.resize(size_t(socket) + 1);
        m_connections[size_t(socket)] = std::make_unique<Connection>();
        m_connections[size_t(socket)]->socket = socket;
        m_connections[size_t(socket)]->id = ++m_lastId;
        watch(socket, EPOLLIN);
    }
}

void MockServer::read(Connection& connection)
{
    char buffer[64 * 1024];
    const ssize_t size = recv(connection.socket, buffer, sizeof buffer, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (size <= 0) {
        close(connection);
        return;
    }
    connection.in.append(buffer, size_t(size));
    serve(connection);
}

void MockServer::serve(Connection& connection)
{
    const std::string_view in = connection.in;
    const size_t end = in.find("\r\n\r\n");
    if (end == in.npos || connection.chunks > 0) // the next request waits until the stream is over
        return;
    const std::string_view head = in.substr(0, end + 2);
    const auto length = size_t(headerNumber(head, "Content-Length", 0));
    if (in.size() < end + 4 + length)
        return;
    answer(connection, head, in.substr(end + 4, length));
    connection.in.erase(0, end + 4 + length);
}

void MockServer::answer(Connection& connection, std::string_view head, std::string_view body)
{
    if (head.starts_with("POST ")) {
        ++m_posts;
        m_postedBytes += int64_t(body.size());
    }
    const bool isCompletion = head.starts_with("POST /v1/chat/completions");
    if (isCompletion && body.find("\"stream\":true") != body.npos) {
        beginStream(connection, head);
        return;
    }
    std::string text = R"({"message":"OK"})";
    if (isCompletion)
        text = Completion;
    else if (head.starts_with("GET /counts"))
        text = JsonLine().add("requests", m_posts).add("bytes", m_postedBytes).text();
    std::string out = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    out += ProviderHeaders;
    out += "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text;
    write(connection, out);
}

void MockServer::beginStream(Connection& connection, std::string_view head)
{
    connection.chunks = std::max<int64_t>(1, headerNumber(head, "X-Bench-Chunks", 50));
    connection.intervalNanoseconds = headerNumber(head, "X-Bench-Interval-Us", 20'000) * 1000;
    connection.nextChunk = 0;
    std::string out = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n";
    out += ProviderHeaders;
    out += "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";
    write(connection, out);
    m_due.push({monotonicNanoseconds(), connection.socket, connection.id});
}

void MockServer::sendChunk(Connection& connection, int64_t due)
{
    char choice[160];
    const int size = std::snprintf(choice, sizeof choice,
        R"([{"index":0,"delta":{"content":"@%lld:%lld "},"logprobs":null,"finish_reason":null}],"usage":null})"
        "\n\n",
        static_cast<long long>(connection.nextChunk), static_cast<long long>(monotonicNanoseconds()));
    std::string out;
    appendHttpChunk(out, {ChunkHead, {choice, size_t(size)}});
    const bool isLast = ++connection.nextChunk == connection.chunks;
    if (isLast) {
        connection.chunks = 0;
        appendHttpChunk(out, {ChunkHead, StreamEnd});
        appendHttpChunk(out, {ChunkHead, StreamUsage});
        appendHttpChunk(out, {"data: [DONE]\n\n"});
        out += "0\r\n\r\n";
    } else {
        m_due.push({due + connection.intervalNanoseconds, connection.socket, connection.id});
    }
    write(connection, out);
}

void MockServer::sendDueChunks()
{
    while (!m_due.empty() && m_due.top().at <= monotonicNanoseconds()) {
        const Due due = m_due.top();
        m_due.pop();
        Connection* connection = find(due.socket);
        if (connection && connection->id == due.id)
            sendChunk(*connection, due.at);
    }
}

void MockServer::armTimer()
{
    const int64_t next = m_due.empty() ? 0 : m_due.top().at;
    if (next == m_armedFor)
        return;
    m_armedFor = next;
    itimerspec time{};
    time.it_value = {next / 1'000'000'000, next % 1'000'000'000};
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &time, nullptr);
}

void MockServer::write(Connection& connection, std::string_view bytes)
{
    if (connection.out.empty()) {
        const ssize_t sent = ::send(connection.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent == ssize_t(bytes.size()))
            return;
        watch(connection.socket, EPOLLIN | EPOLLOUT); // a broken connection is found by its next read
        bytes.remove_prefix(sent > 0 ? size_t(sent) : 0);
    }
    connection.out += bytes;
}

void MockServer::flush(Connection& connection)
{
    const ssize_t sent
        = ::send(connection.socket, connection.out.data(), connection.out.size(), MSG_NOSIGNAL);
    if (sent > 0)
        connection.out.erase(0, size_t(sent));
    if (connection.out.empty())
        watch(connection.socket, EPOLLIN);
}

void MockServer::close(Connection& connection)
{
    const int socket = connection.socket;
    ::close(socket); // leaves the epoll set with it
    m_connections[size_t(socket)].reset();
}

MockServer::Connection* MockServer::find(int socket)
{
    return size_t(socket) < m_connections.size() ? m_connections[size_t(socket)].get() : nullptr;
}
