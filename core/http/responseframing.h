// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ResponseFraming: how one response is written to a client: its head with the framing fields in place, and
// the framing around its body. Sans-io; a value, one a response, owned by the ClientConnection. RFC 9112 6
// and 7.1.

#include "base/messagehead.h"

class ResponseFraming final
{
public:
    ResponseFraming() = default;
    /// For the answer to that request.
    explicit ResponseFraming(const RequestHead& request);

    /// The head's bytes, status line to empty line. `contentLength` >= 0, or unknown. `isClosing` adds
    /// `Connection: close`. Content-Length and Transfer-Encoding keep the place they have in the headers;
    /// they are appended where they are missing and needed, and left out where they would be wrong.
    [[nodiscard]] QByteArray head(const ResponseHead& head, qint64 contentLength, bool isClosing);
    /// An interim (1xx) head.
    [[nodiscard]] static QByteArray interimHead(const ResponseHead& head);
    /// The bytes with their framing; empty for responses without a body. What goes beyond the Content-Length
    /// is dropped: the client would take it for the next response.
    [[nodiscard]] QByteArray body(const QByteArray& bytes);
    /// What comes after the last byte of the body.
    [[nodiscard]] QByteArray end(const HeaderList& trailers) const;

    /// As many bytes as the Content-Length announced have been framed.
    [[nodiscard]] bool isComplete() const { return m_remaining == 0; }
    /// The end of the body is the end of the connection (HTTP/1.0, length unknown).
    [[nodiscard]] bool isCloseDelimited() const { return m_kind == Kind::Close; }
    /// The request's version and Connection field ask for the connection to be closed after the answer.
    [[nodiscard]] bool wantsClose() const { return m_wantsClose; }

private:
    enum class Kind { None, Length, Chunked, Close };

    [[nodiscard]] Kind kindFor(int status, qint64 contentLength) const;

    Kind m_kind = Kind::None;
    qint64 m_remaining = 0; // bytes, with Kind::Length
    bool m_isHeadRequest = false;
    bool m_isHttp10 = false;
    bool m_wantsClose = false;
};
