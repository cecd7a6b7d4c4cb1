// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HTTP/1.1 syntax shared by both sides (client requests, upstream responses): strict field lines, tokens,
// framing headers. Sans-io, stateless. RFC 9110 5, RFC 9112 5 and 6.

#include "base/headerlist.h"
#include "base/result.h"

#include <QByteArrayView>

namespace HttpSyntax {

/// RFC 9110 5.6.2 tchar.
[[nodiscard]] bool isTokenChar(char c);
/// One or more tchar.
[[nodiscard]] bool isToken(QByteArrayView text);
/// Without spaces and tabs at both ends (OWS, RFC 9110 5.6.3).
[[nodiscard]] QByteArrayView trimmed(QByteArrayView text);
/// 1*DIGIT that fits qint64; anything else (sign, space, empty, overflow) is nothing.
[[nodiscard]] std::optional<qint64> parseDecimal(QByteArrayView text);

/// Reads the field lines of one section: `block` is every line after the start line, each with its CRLF,
/// without the empty line. BadRequest for: obs-fold, white space before the colon, an empty or non-token
/// name, bare CR or LF, NUL or another control character but TAB in a value, a line without a colon.
[[nodiscard]] Result<HeaderList> parseFields(QByteArrayView block);

/// How long the body is, as the framing headers say (RFC 9112 6.3, without the rules on status and method).
struct Framing
{
    enum class Kind { None, Length, Chunked };
    Kind kind = Kind::None;
    qint64 contentLength = -1; // bytes, with Kind::Length
};

/// BadRequest for: Content-Length with Transfer-Encoding, differing or malformed Content-Lengths (equal
/// repeats are accepted), any Transfer-Encoding but exactly `chunked`.
[[nodiscard]] Result<Framing> parseFraming(const HeaderList& headers);

} // namespace HttpSyntax
