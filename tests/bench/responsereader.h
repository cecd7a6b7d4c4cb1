// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ResponseReader: the HTTP/1.1 response to one request, fed in any pieces, with Content-Length or chunked.
// Any status but 200, any other framing and any byte too many count as failed. Knows as much of HTTP as
// nginx, the mock upstream and the proxy say to the load generator, and no more.

#include <cstddef>
#include <string>

class ResponseReader final
{
public:
    /// Appends the body's bytes to `body` unless that is null.
    void feed(const char* data, size_t size, std::string* body);
    /// Ready for the next response on the connection.
    void reset();

    [[nodiscard]] bool isDone() const { return m_state == State::Done; }
    [[nodiscard]] bool hasFailed() const { return m_state == State::Failed; }
    [[nodiscard]] int status() const { return m_status; }

private:
    enum class State { Head, FixedBody, ChunkSize, ChunkData, ChunkEnd, Trailer, Done, Failed };

    size_t feedHead(const char* data, size_t size);
    size_t feedBody(const char* data, size_t size, std::string* body);
    size_t feedLine(const char* data, size_t size);
    void readHead();
    void readLine();

    State m_state = State::Head;
    int m_status = 0;
    size_t m_left = 0; // of the body or the current chunk
    std::string m_text; // the head, or a line of the chunked framing, as far as it has come
};
