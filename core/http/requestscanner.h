// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RequestScanner: bytes of one client connection in, requests out: strict RFC 9112, sans-io. It is the only
// thing that decides where a request begins and ends; it applies the limits and keeps pipelined bytes until
// the next request is asked for. Owned by ClientConnection.
//
//   feed(...); while ((event = next()) != NeedMore) ...    Head, Body*, BodyEnd, then startNext()

#include "base/chunkeddecoder.h"
#include "base/messagehead.h"
#include "http/httplimits.h"
#include "http/refusal.h"

class RequestScanner final
{
public:
    enum class Event {
        NeedMore, // all that was fed has been looked at; or the request is over and startNext() is due
        Head, // takeHead() has it
        Body, // takeBody() has some of it
        BodyEnd,
        Refused, // refusal() says why; the rest of the connection cannot be understood
    };

    /// `limits` must outlive the scanner.
    explicit RequestScanner(const HttpLimits& limits);

    /// Adds bytes as they came from the socket.
    void feed(const QByteArray& bytes);
    [[nodiscard]] Event next();
    /// After BodyEnd: lets the next request of the connection begin.
    void startNext();

    [[nodiscard]] RequestHead takeHead() { return std::move(m_head); }
    /// Body bytes, without chunk framing, never empty after Event::Body.
    [[nodiscard]] QByteArray takeBody() { return std::exchange(m_body, QByteArray()); }
    [[nodiscard]] const Refusal& refusal() const { return m_refusal; }

    /// Nothing of the next request has been seen.
    [[nodiscard]] bool isAtStart() const { return m_state == State::Head && bufferedBytes() == 0; }
    /// BodyEnd has been reported.
    [[nodiscard]] bool isBodyComplete() const { return m_state == State::Complete; }
    /// Bytes of body still to come when that is known (Content-Length), else -1.
    [[nodiscard]] qint64 bodyRemaining() const;
    /// Bytes that were fed and not yet given out.
    [[nodiscard]] qsizetype bufferedBytes() const { return m_buffer.size() - m_position; }

private:
    enum class State { Head, LengthBody, ChunkedBody, End, Complete, Refused };

    [[nodiscard]] Event scanHead();
    [[nodiscard]] Event finishHead(QByteArrayView fields, qsizetype headBytes);
    [[nodiscard]] Event scanLengthBody();
    [[nodiscard]] Event scanChunkedBody();
    [[nodiscard]] bool takeRequestLine(QByteArrayView line);
    [[nodiscard]] bool takeTarget(QByteArrayView target);
    [[nodiscard]] bool checkHost();
    void consume(qsizetype bytes);
    Event refuse(int status, const char* code, const char* message);

    const HttpLimits& m_limits;
    State m_state = State::Head;
    QByteArray m_buffer;
    qsizetype m_position = 0; // in m_buffer: what lies before has been given out
    qsizetype m_scanned = 0; // bytes of the head searched for line ends
    qsizetype m_lineStart = 0; // of the head's current line
    qsizetype m_requestLineBytes = 0; // with its CRLF; 0 until it has been read
    int m_emptyLines = 0; // skipped ahead of the request line
    RequestHead m_head;
    QByteArray m_body;
    qint64 m_bodyBytes = 0; // remaining with Content-Length, decoded so far when chunked
    ChunkedDecoder m_chunks;
    Refusal m_refusal;
};
