// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// MockServer: the upstream of the benchmark, and its Langfuse. One thread, epoll, HTTP/1.1 keep-alive:
//   POST /v1/chat/completions with "stream":true  SSE: X-Bench-Chunks chunks, one every X-Bench-Interval-Us
//   POST /v1/chat/completions                     a chat completion of about 700 bytes
//   GET /counts                                   {"requests":..,"bytes":..} of all POSTs so far
//   any other                                     {"message":"OK"}, as Langfuse answers an export

#include <cstdint>
#include <functional>
#include <memory>
#include <queue>
#include <string>
#include <string_view>
#include <vector>

class MockServer final
{
public:
    /// Port 0 lets the system choose.
    explicit MockServer(uint16_t port);
    ~MockServer();
    MockServer(const MockServer&) = delete;
    MockServer& operator=(const MockServer&) = delete;

    [[nodiscard]] uint16_t port() const;
    /// Serves until the process is ended.
    [[noreturn]] void run();

private:
    struct Connection
    {
        int socket = -1;
        uint64_t id = 0; // sockets' numbers come again, ids do not
        std::string in;
        std::string out; // what the socket did not take at once
        int64_t chunks = 0; // of the stream that is running; 0: none is
        int64_t nextChunk = 0;
        int64_t intervalNanoseconds = 0;
    };
    struct Due
    {
        int64_t at = 0;
        int socket = -1;
        uint64_t id = 0;
        bool operator>(const Due& other) const { return at > other.at; }
    };

    void watch(int socket, uint32_t events);
    void accept();
    void read(Connection& connection);
    void serve(Connection& connection);
    void answer(Connection& connection, std::string_view head, std::string_view body);
    void beginStream(Connection& connection, std::string_view head);
    void sendChunk(Connection& connection, int64_t due);
    void sendDueChunks();
    void armTimer();
    void write(Connection& connection, std::string_view bytes);
    void flush(Connection& connection);
    void close(Connection& connection);
    [[nodiscard]] Connection* find(int socket);

    int m_listener;
    int m_epoll;
    int m_timer;
    int64_t m_armedFor = 0;
    uint64_t m_lastId = 0;
    int64_t m_posts = 0;
    int64_t m_postedBytes = 0;
    std::vector<std::unique_ptr<Connection>> m_connections; // by socket
    std::priority_queue<Due, std::vector<Due>, std::greater<Due>> m_due;
};
