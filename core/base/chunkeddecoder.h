// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ChunkedDecoder: takes chunked framing (RFC 9112 7.1) off a body, strictly and incrementally. Sans-io; one
// per body. Used for client uploads and for upstream answers.

#include "base/headerlist.h"
#include "base/result.h"

class ChunkedDecoder final
{
public:
    /// Appends the body bytes found in `input` to `body` and returns how many bytes of input belong to this
    /// body (fewer than all once the end is reached). BadRequest for a bad size line (also longer than 4 KiB
    /// with its extensions), missing CRLF after data, invalid trailers or more than 64 KiB of them. After an
    /// error the decoder must not be used again.
    [[nodiscard]] Result<qsizetype> decode(QByteArrayView input, QByteArray* body);

    /// The last chunk and the trailer section have been read.
    [[nodiscard]] bool isFinished() const { return m_state == State::Finished; }
    /// Trailer fields, complete once finished.
    [[nodiscard]] const HeaderList& trailers() const { return m_trailers; }

private:
    enum class State { Size, Data, DataEnd, Trailer, Finished };

    /// Part of a line that did not come whole.
    [[nodiscard]] Result<void> takePiece(QByteArrayView piece);
    /// A whole line with its LF.
    [[nodiscard]] Result<void> takeLine(QByteArrayView line);
    [[nodiscard]] Result<void> takeSizeLine(QByteArrayView line);
    [[nodiscard]] Result<void> takeTrailerLine(QByteArrayView line);

    State m_state = State::Size;
    qint64 m_remaining = 0; // bytes of the current chunk still to come
    QByteArray m_line; // an unfinished size, CRLF or trailer line
    QByteArray m_trailerBlock;
    HeaderList m_trailers;
};
