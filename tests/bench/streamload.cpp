// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "streamload.h"

#include "monotonic.h"
#include "sockets.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {
// The mock upstream's delta: "@<number of the chunk>:<send time in nanoseconds> ".
constexpr std::string_view ChunkMark = "\"content\":\"@";
constexpr std::string_view DoneEvent = "data: [DONE]";
} // namespace

StreamLoad::StreamLoad(const Plan& plan)
    : m_plan(plan)
    , m_epoll(epoll_create1(EPOLL_CLOEXEC))
    , m_streams(plan.streams)
{
    if (m_epoll < 0)
        Sockets::fail("epoll_create1");
    if (plan.connectsEarly) {
        for (size_t i = 0; i < plan.streams; ++i)
            connect(i);
    }
}

StreamLoad::~StreamLoad()
{
    for (const Stream& stream : m_streams) {
        if (stream.socket >= 0)
            close(stream.socket);
    }
    close(m_epoll);
}

void StreamLoad::open(int64_t limitNanoseconds)
{
    const int64_t begin = monotonicNanoseconds();
    size_t opened = 0;
    int64_t now = begin;
    while (now - begin < limitNanoseconds && m_started + m_failed < int64_t(m_streams.size())) {
        int64_t wait = 100'000'000;
        if (opened < m_streams.size()) {
            const int64_t due = begin + int64_t(opened) * m_plan.rampNanoseconds;
            if (due <= now) {
                Stream& stream = m_streams[opened];
                stream.sentAt
                    = monotonicNanoseconds(); // a connection made now counts in the first chunk's time
                if (stream.socket < 0)
                    connect(opened);
                send(stream);
                ++opened;
                wait = 0;
            } else {
                wait = due - now;
            }
        }
        poll(wait);
        now = monotonicNanoseconds();
    }
}

void StreamLoad::finish(int64_t limitNanoseconds)
{
    const int64_t begin = monotonicNanoseconds();
    int64_t left = limitNanoseconds;
    while (left > 0 && m_completed + m_failed < int64_t(m_streams.size())) {
        poll(std::min<int64_t>(left, 100'000'000));
        left = begin + limitNanoseconds - monotonicNanoseconds();
    }
}

Samples StreamLoad::firstChunks() const
{
    return firstChunks(0, m_streams.size());
}

Samples StreamLoad::firstChunks(size_t from, size_t count) const
{
    Samples samples;
    for (size_t i = from; i < std::min(from + count, m_streams.size()); ++i) {
        if (m_streams[i].firstChunkAt > 0)
            samples.add(m_streams[i].firstChunkAt - m_streams[i].sentAt);
    }
    return samples;
}

void StreamLoad::connect(size_t index)
{
    Stream& stream = m_streams[index];
    stream.socket = Sockets::connectToLoopback(m_plan.port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = uint32_t(index);
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, stream.socket, &event) != 0)
        Sockets::fail("epoll_ctl");
}

void StreamLoad::send(Stream& stream)
{
    const std::string& request = m_plan.request;
    if (::send(stream.socket, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
        end(stream, false);
}

void StreamLoad::poll(int64_t timeoutNanoseconds)
{
    epoll_event events[256];
    const timespec timeout{timeoutNanoseconds / 1'000'000'000, timeoutNanoseconds % 1'000'000'000};
    const int count = epoll_pwait2(m_epoll, events, 256, &timeout, nullptr);
    for (int i = 0; i < count; ++i)
        read(m_streams[events[i].data.u32]);
}

void StreamLoad::read(Stream& stream)
{
    char buffer[16 * 1024];
    const ssize_t size = recv(stream.socket, buffer, sizeof buffer, 0);
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    const int64_t now = monotonicNanoseconds();
    if (size <= 0) {
        end(stream, false);
        return;
    }
    stream.reader.feed(buffer, size_t(size), &stream.events);
    readEvents(stream, now);
    if (stream.reader.hasFailed())
        end(stream, false);
    else if (stream.reader.isDone())
        end(stream, stream.isDone && stream.nextChunk == m_plan.chunks);
}

void StreamLoad::readEvents(Stream& stream, int64_t now)
{
    const std::string_view events = stream.events;
    size_t begin = 0;
    for (size_t stop = events.find("\n\n"); stop != events.npos; stop = events.find("\n\n", begin)) {
        readEvent(stream, events.data() + begin, events.data() + stop, now);
        begin = stop + 2;
    }
    stream.events.erase(0, begin);
}

void StreamLoad::readEvent(Stream& stream, const char* begin, const char* end, int64_t now)
{
    const std::string_view event(begin, size_t(end - begin));
    const size_t mark = event.find(ChunkMark);
    if (mark == event.npos) {
        stream.isDone = stream.isDone || event == DoneEvent;
        return;
    }
    char* colon = nullptr;
    const int64_t number = std::strtoll(event.data() + mark + ChunkMark.size(), &colon, 10);
    const int64_t sentAt = std::strtoll(colon + 1, nullptr, 10);
    if (number != stream.nextChunk)
        return; // lost or out of order: nextChunk stays behind and the stream will not count as completed
    ++stream.nextChunk;
    m_delays.add(now - sentAt);
    if (stream.firstChunkAt == 0) {
        stream.firstChunkAt = now;
        ++m_started;
    }
}

void StreamLoad::end(Stream& stream, bool isComplete)
{
    if (stream.isOver)
        return;
    stream.isOver = true;
    ++(isComplete ? m_completed : m_failed);
    close(stream.socket); // leaves the epoll set with it
    stream.socket = -1;
}
