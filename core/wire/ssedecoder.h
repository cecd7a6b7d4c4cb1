// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SseDecoder: takes an event stream apart (WHATWG HTML 9.2 "Server-sent events", 2026): bytes in any chunking
// in, events out. Sans-io; one a stream, owned by whoever reads it; telemetry thread.
//
//     SseDecoder decoder([](const SseEvent& event) { ... event.data ... });
//     decoder.feed("data: 1\n\n");

#include <QByteArray>
#include <QByteArrayView>

#include <functional>

/// Views are valid during the callback only.
struct SseEvent
{
    QByteArrayView type; // of the `event:` line; empty means "message"
    QByteArrayView data; // `data:` lines, joined by LF
    QByteArrayView id; // last `id:` of the stream so far
};

class SseDecoder final
{
public:
    using Callback = std::function<void(const SseEvent&)>;

    /// An event with more data, or a longer line, than maxEventBytes is left out and counted.
    explicit SseDecoder(Callback callback, qsizetype maxEventBytes = 64 << 20);

    void feed(QByteArrayView bytes);
    /// No more bytes will come. Unlike a browser, which discards it, this reports an event whose closing
    /// blank line, or last line end, is missing: a capture that was cut still holds what came.
    void finish();

    /// Events left out because they were too large.
    [[nodiscard]] qsizetype oversizedEvents() const { return m_oversizedEvents; }

private:
    void takePartialLine(QByteArrayView piece);
    void takeLine(QByteArrayView line);
    void takeField(QByteArrayView name, QByteArrayView value);
    void dispatch();

    Callback m_callback;
    qsizetype m_maxEventBytes;
    QByteArray m_line; // a line whose end has not come yet
    QByteArray m_type;
    QByteArray m_data; // each line followed by LF
    QByteArray m_id;
    qsizetype m_oversizedEvents = 0;
    bool m_isFirstLine = true;
    bool m_skipLineFeed = false; // the last line ended with CR: a LF now belongs to it
    bool m_isOversized = false; // the current event
};
