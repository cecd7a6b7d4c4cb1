// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ResponseParser: HTTP/1.x response bytes -> interim heads, final head, body bytes, trailers, end (RFC 9112).
// Sans-io and strict: what it cannot read without doubt is an error, never a guess. One per response; owned
// by UpstreamReply, on the engine thread.
//
//   ResponseParser parser("GET", 256 * 1024);
//   Result<ResponseParser::Event> event = parser.next(&input, &body);   // until NeedMore, Finished or an
//   error
//   ...
//   parser.finish();                                                    // the peer closed

#include "base/chunkeddecoder.h"
#include "base/messagehead.h"
#include "base/result.h"

#include <optional>

class ResponseParser final
{
public:
    enum class Event {
        NeedMore, // all input is read; the body bytes in it, if any, stand in `body`
        Interim, // head() is a 1xx answer; more heads follow
        Head, // head() is the final answer; the body follows
        Finished, // the response is complete; input may hold bytes that do not belong to it
    };

    /// `method` of the request: an answer to HEAD has no body. `maxHeaderBytes`: of one head.
    ResponseParser(QByteArrayView method, qsizetype maxHeaderBytes);

    /// Reads from the front of `input` (and shortens it) until the next event; appends body bytes to `body`.
    /// ProtocolError: bad status line, 101, bad or conflicting framing, obs-fold, bare CR or LF, control
    /// characters, a head that is too large, too many 1xx. After an error the parser must not be used again.
    [[nodiscard]] Result<Event> next(QByteArrayView* input, QByteArray* body);
    /// The peer has closed. Success when that ends a close-delimited body; otherwise ConnectionFailed.
    [[nodiscard]] Result<void> finish();

    [[nodiscard]] const ResponseHead& head() const { return m_head; }
    [[nodiscard]] const HeaderList& trailers() const { return m_decoder.trailers(); }
    /// No byte of any response has been seen.
    [[nodiscard]] bool isUntouched() const { return m_state == State::Head && m_untouched; }
    [[nodiscard]] bool isFinished() const { return m_state == State::Finished; }
    /// The body has no length of its own: only the end of the connection ends it.
    [[nodiscard]] bool isCloseDelimited() const { return m_closeDelimited; }
    /// The connection may carry another request (RFC 9112 9.3); meaningful once finished.
    [[nodiscard]] bool isReusable() const;
    /// Seconds the peer promises to keep an idle connection (`Keep-Alive: timeout=N`), if it says so.
    [[nodiscard]] std::optional<qint64> keepAliveSeconds() const;

private:
    enum class State { Head, Length, Chunked, UntilClose, Finished };

    [[nodiscard]] Result<bool> takeHeadBytes(QByteArrayView* input);
    [[nodiscard]] Result<Event> takeHead();
    [[nodiscard]] Result<void> takeStatusLine(QByteArrayView line);
    [[nodiscard]] Result<void> chooseBody();

    bool m_isHeadRequest;
    qsizetype m_maxHeaderBytes;
    State m_state = State::Head;
    bool m_untouched = true;
    bool m_closeDelimited = false;
    int m_interims = 0;
    int m_minorVersion = 1;
    qsizetype m_lineStart = 0; // of the unfinished line in m_block
    qint64 m_remaining = 0; // bytes of a Content-Length body still to come
    QByteArray m_block; // the head as far as it has arrived
    ResponseHead m_head;
    ChunkedDecoder m_decoder;
};
