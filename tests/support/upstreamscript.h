// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamScript: what a FakeUpstream does for one request, as a list of steps, and makers of usual answers.
// A value: made by the handler on the FakeUpstream's thread.
//
//     return UpstreamScript().send("HTTP/1.1 200 OK\r\nContent-Length:
//     4\r\n\r\nab").waitForRelease("rest").send("cd");

#include "base/headerlist.h"

#include <chrono>

struct ScriptStep
{
    enum class Kind {
        Send, // write `bytes`, `repeats` times, never more than 256 KiB ahead of the peer
        WaitForRelease, // until FakeUpstream::release(name) has been called, before or after
        Delay,
        Reset, // after all has been written: RST (SO_LINGER 0)
        Close, // after all has been written: FIN
        HalfClose, // after all has been written: FIN, but goes on reading
        Hang, // no further step and no further request on this connection
    };

    Kind kind = Kind::Hang;
    QByteArray bytes;
    int repeats = 1;
    QByteArray name;
    std::chrono::milliseconds duration{0};
};

/// When a script has run to its end the connection is kept for the next request.
class UpstreamScript final
{
public:
    UpstreamScript& send(const QByteArray& bytes, int repeats = 1);
    UpstreamScript& waitForRelease(const QByteArray& name);
    UpstreamScript& delay(std::chrono::milliseconds duration);
    UpstreamScript& reset();
    UpstreamScript& close();
    UpstreamScript& halfClose();
    UpstreamScript& hang();
    /// Every step of the other script after this one's.
    UpstreamScript& then(const UpstreamScript& other);

    [[nodiscard]] const QList<ScriptStep>& steps() const { return m_steps; }

private:
    QList<ScriptStep> m_steps;
};

/// What stands between two events or chunks of a streamed answer.
struct StreamPace
{
    /// Not empty: chunk N (from 0) waits for the release of `releasePrefix + N`.
    QByteArray releasePrefix;
    std::chrono::milliseconds delay{0};
};

namespace Answer {

/// "HTTP/1.1 200 OK" and the header lines, with the empty line.
[[nodiscard]] QByteArray head(int status, const HeaderList& headers);
/// One chunk in chunked framing; empty bytes give the last chunk.
[[nodiscard]] QByteArray chunk(const QByteArray& bytes);
/// Compressed as with `Content-Encoding: gzip`.
[[nodiscard]] QByteArray gzipped(const QByteArray& bytes);

/// Head and body in one write, framed by Content-Length (added after `headers`).
[[nodiscard]] UpstreamScript contentLength(int status, const HeaderList& headers, const QByteArray& body);
/// Content-Type: application/json, then `headers`, then Content-Length.
[[nodiscard]] UpstreamScript json(int status, const QByteArray& body, const HeaderList& headers = {});
/// As json(), the body gzipped, with Content-Encoding.
[[nodiscard]] UpstreamScript gzipJson(int status, const QByteArray& body, const HeaderList& headers = {});
/// Transfer-Encoding: chunked; every entry is one chunk and one write; ends with the last chunk.
[[nodiscard]] UpstreamScript chunked(
    int status, const HeaderList& headers, const QList<QByteArray>& chunks, const StreamPace& pace = {});
/// Status 200, Content-Type: text/event-stream, chunked; every event is one chunk, its bytes exactly as
/// given.
[[nodiscard]] UpstreamScript sse(
    const QList<QByteArray>& events, const HeaderList& headers = {}, const StreamPace& pace = {});
/// No framing header: the body ends with the connection.
[[nodiscard]] UpstreamScript closeDelimited(int status, const HeaderList& headers, const QByteArray& body);

} // namespace Answer
