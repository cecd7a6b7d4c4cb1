// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/contentcodec.h"

#include <zstd.h>

#include <memory>

namespace ContentCodec {

namespace {

constexpr char plainMark = 0;
constexpr char zstdMark = 1;
constexpr qsizetype smallestPacked = 1024;
// Level 1: text shrinks to a quarter at some 400 MB/s; the writer shares its core with the traffic.
constexpr int compressionLevel = 1;
// A damaged length must not ask for all memory. A record is a few times TELEMETRY_MAX_BODY_BYTES.
constexpr unsigned long long largestContent = 1ULL << 30;
constexpr std::size_t largestKeptContext = 1 << 20; // of memory

/// zstd's working memory. To make it anew costs three times what packing a small record does, so a thread
/// keeps what it needs for small ones.
template <typename Context, Context* (*create)(), std::size_t (*destroy)(Context*),
    std::size_t (*sizeOf)(const Context*)>
class KeptContext final
{
    Q_DISABLE_COPY_MOVE(KeptContext)

public:
    KeptContext()
    {
        if (!kept())
            kept().reset(create());
    }
    ~KeptContext()
    {
        if (sizeOf(get()) > largestKeptContext)
            kept().reset();
    }
    [[nodiscard]] Context* get() const { return kept().get(); }

private:
    struct Destroy
    {
        void operator()(Context* context) const { destroy(context); }
    };
    [[nodiscard]] static std::unique_ptr<Context, Destroy>& kept()
    {
        thread_local std::unique_ptr<Context, Destroy> context;
        return context;
    }
};
using Packing = KeptContext<ZSTD_CCtx, ZSTD_createCCtx, ZSTD_freeCCtx, ZSTD_sizeof_CCtx>;
using Unpacking = KeptContext<ZSTD_DCtx, ZSTD_createDCtx, ZSTD_freeDCtx, ZSTD_sizeof_DCtx>;

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
        const Packing packing;
        const std::size_t size = ZSTD_compressCCtx(packing.get(), packed.data() + 1, bound,
            content.constData(), std::size_t(content.size()), compressionLevel);
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
    const Unpacking unpacking;
    const std::size_t written
        = ZSTD_decompressDCtx(unpacking.get(), content.data(), std::size_t(size), source, sourceSize);
    if (ZSTD_isError(written) || written != size)
        return damaged("damaged zstd frame");
    return content;
}

} // namespace ContentCodec
