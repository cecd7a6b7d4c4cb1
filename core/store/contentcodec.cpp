// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/contentcodec.h"

#include <zstd.h>

namespace ContentCodec {

namespace {

constexpr char plainMark = 0;
constexpr char zstdMark = 1;
constexpr qsizetype smallestPacked = 1024;
// Level 1: text shrinks to a quarter at some 400 MB/s; the writer shares its core with the traffic.
constexpr int compressionLevel = 1;
// A damaged length must not ask for all memory. A record is a few times TELEMETRY_MAX_BODY_BYTES.
constexpr unsigned long long largestContent = 1ULL << 30;

Error damaged(const char* why)
{
    return {ErrorCode::StoreFailed,
        QStringLiteral("cannot unpack a stored trace: %1").arg(QLatin1String(why)), {}};
}

} // namespace

QByteArray pack(const QByteArray& content)
{
    if (content.size() >= smallestPacked) {
        const std::size_t bound = ZSTD_compressBound(std::size_t(content.size()));
        QByteArray packed(qsizetype(bound) + 1, Qt::Uninitialized);
        packed[0] = zstdMark;
        const std::size_t size = ZSTD_compress(
            packed.data() + 1, bound, content.constData(), std::size_t(content.size()), compressionLevel);
        if (!ZSTD_isError(size) && qsizetype(size) < content.size()) {
            packed.truncate(qsizetype(size) + 1);
            packed.squeeze(); // the bound is larger than the content, and the row may wait in memory
            return packed;
        }
    }
    return QByteArray(1, plainMark) + content;
}

Result<QByteArray> unpack(const QByteArray& packed)
{
    if (packed.isEmpty())
        return damaged("empty");
    if (packed[0] == plainMark)
        return packed.sliced(1);
    if (packed[0] != zstdMark)
        return damaged("unknown packing");
    const char* source = packed.constData() + 1;
    const auto sourceSize = std::size_t(packed.size() - 1);
    const unsigned long long size = ZSTD_getFrameContentSize(source, sourceSize);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > largestContent)
        return damaged("not a zstd frame");
    QByteArray content(qsizetype(size), Qt::Uninitialized);
    const std::size_t written = ZSTD_decompress(content.data(), std::size_t(size), source, sourceSize);
    if (ZSTD_isError(written) || written != size)
        return damaged("damaged zstd frame");
    return content;
}

} // namespace ContentCodec
