// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestLoad: N keep-alive connections that send the same request again as soon as the answer to the last
// one is complete (closed loop), for a time. One thread, epoll.

#include "responsereader.h"
#include "samples.h"

#include <cstdint>
#include <string>
#include <vector>

class RequestLoad final
{
public:
    RequestLoad(uint16_t port, size_t connections, std::string request);
    ~RequestLoad();
    RequestLoad(const RequestLoad&) = delete;
    RequestLoad& operator=(const RequestLoad&) = delete;

    /// Runs for `nanoseconds`; samples from the first `warmUp` of them are not kept.
    void run(int64_t warmUp, int64_t nanoseconds);

    [[nodiscard]] const Samples& latencies() const { return m_latencies; }
    /// Answered ones, those of the warm-up too.
    [[nodiscard]] int64_t requests() const { return m_requests; }
    [[nodiscard]] int64_t errors() const { return m_errors; }
    /// Of what is in latencies().
    [[nodiscard]] double requestsPerSecond() const { return m_requestsPerSecond; }

private:
    struct Connection
    {
        int socket = -1;
        int64_t sentAt = 0;
        ResponseReader reader;
    };

    void open(size_t index);
    void send(Connection& connection);
    void read(size_t index);
    void restart(size_t index);

    uint16_t m_port;
    std::string m_request;
    int m_epoll;
    std::vector<Connection> m_connections;
    Samples m_latencies;
    int64_t m_keepFrom = 0; // monotonic time at which the warm-up ends
    int64_t m_requests = 0;
    int64_t m_errors = 0;
    double m_requestsPerSecond = 0;
};
