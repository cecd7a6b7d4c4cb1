// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ContentDecoder: takes the Content-Encoding (RFC 9110 8.4.1) off captured copies: gzip, deflate, br, zstd
// and lists of them. Traffic itself is never decoded. Incremental, sans-io; one a body; telemetry thread.

#include "base/result.h"

#include <QByteArrayView>

#include <functional>
#include <memory>
#include <vector>

class ContentDecoder final
{
public:
    /// Decoded bytes in pieces of at most 64 KiB; the view is valid during the call only.
    using Sink = std::function<void(QByteArrayView decoded)>;
    /// One coding of the list.
    class Stage;

    /// Reads a Content-Encoding value: `gzip`, `x-gzip`, `deflate` (with or without the zlib wrapper), `br`,
    /// `zstd`, `identity`, or a list in the order of application (`gzip, br` was gzipped first). Empty means
    /// identity. Rejected for an unknown coding or more than four. At most maxBytes will come out: a few
    /// bytes can inflate to gigabytes.
    [[nodiscard]] static Result<std::unique_ptr<ContentDecoder>> forEncoding(
        QByteArrayView contentEncoding, qint64 maxBytes);
    ~ContentDecoder();
    ContentDecoder(const ContentDecoder&) = delete;
    ContentDecoder& operator=(const ContentDecoder&) = delete;

    /// Decodes the next bytes. ProtocolError when they are corrupt, TooLarge when maxBytes would be
    /// exceeded; what came before has gone to the sink, and every further call fails the same way.
    [[nodiscard]] Result<void> decode(QByteArrayView encoded, const Sink& sink);

    /// A whole body; without an encoding the same bytes, shared. Truncated input gives what came; errors as
    /// forEncoding() and decode().
    [[nodiscard]] static Result<QByteArray> decodeAll(
        const QByteArray& encoded, QByteArrayView contentEncoding, qint64 maxBytes);

private:
    ContentDecoder(std::vector<std::unique_ptr<Stage>> stages, qint64 maxBytes);
    [[nodiscard]] Result<void> decodeFrom(std::size_t stage, QByteArrayView encoded, const Sink& sink);

    std::vector<std::unique_ptr<Stage>> m_stages; // the outermost coding first
    qint64 m_remaining; // bytes that may still come out
    Error m_error;
    bool m_failed = false;
};
