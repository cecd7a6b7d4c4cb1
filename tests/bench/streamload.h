// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StreamLoad: N streams, each on its own connection, opened one after the other. Reads of every chunk how
// long it was under way (the mock upstream writes its send time into it), and of every stream the time to its
// first chunk. One thread, epoll.

#include "responsereader.h"
#include "samples.h"

#include <cstdint>
#include <string>
#include <vector>

class StreamLoad final
{
public:
    struct Plan
    {
        uint16_t port = 0;
        size_t streams = 0;
        int64_t chunks = 0; // a stream
        int64_t rampNanoseconds = 0; // from one stream's opening to the next's
        bool connectsEarly = false; // all connections before the first request, as a client's pool would
        std::string request;
    };

    explicit StreamLoad(const Plan& plan);
    ~StreamLoad();
    StreamLoad(const StreamLoad&) = delete;
    StreamLoad& operator=(const StreamLoad&) = delete;

    /// Opens the streams and reads until every one has its first chunk, or the time is over.
    void open(int64_t limitNanoseconds);
    /// Reads on until every stream has ended, or the time is over.
    void finish(int64_t limitNanoseconds);

    [[nodiscard]] const Samples& delays() const { return m_delays; }
    /// Time to the first chunk, of all streams that had one.
    [[nodiscard]] Samples firstChunks() const;
    /// The same of the streams [from, from + count) in the order of their opening.
    [[nodiscard]] Samples firstChunks(size_t from, size_t count) const;
    [[nodiscard]] int64_t started() const { return m_started; } // streams that had their first chunk
    [[nodiscard]] int64_t completed() const { return m_completed; } // with every chunk, in order, and [DONE]
    [[nodiscard]] int64_t failed() const { return m_failed; }

private:
    struct Stream
    {
        int socket = -1;
        int64_t sentAt = 0;
        int64_t firstChunkAt = 0; // 0: none yet
        int64_t nextChunk = 0;
        bool isDone = false; // [DONE] seen
        bool isOver = false; // completed or failed
        ResponseReader reader;
        std::string events; // decoded bytes not yet understood
    };

    void connect(size_t index);
    void send(Stream& stream);
    void poll(int64_t timeoutNanoseconds);
    void read(Stream& stream);
    void readEvents(Stream& stream, int64_t now);
    void readEvent(Stream& stream, const char* begin, const char* end, int64_t now);
    void end(Stream& stream, bool isComplete);

    Plan m_plan;
    int m_epoll;
    std::vector<Stream> m_streams;
    Samples m_delays;
    int64_t m_started = 0;
    int64_t m_completed = 0;
    int64_t m_failed = 0;
};
