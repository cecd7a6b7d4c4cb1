// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/contentdecoderstages.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <array>

namespace {

constexpr std::size_t pieceBytes = 64 * 1024;
using Piece = std::array<char, pieceBytes>;

Error corrupt(const char* coding)
{
    return {
        ErrorCode::ProtocolError, QStringLiteral("corrupt compressed content"), QString::fromLatin1(coding)};
}

/// gzip (RFC 1952, several members allowed), zlib (RFC 1950) and raw deflate (RFC 1951).
class ZlibStage final : public ContentDecoder::Stage
{
public:
    enum class Format { Gzip, Deflate };

    explicit ZlibStage(Format format)
        : m_format(format)
    {
    }
    ~ZlibStage() override
    {
        if (m_isOpen)
            inflateEnd(&m_stream);
    }
    ZlibStage(const ZlibStage&) = delete;
    ZlibStage& operator=(const ZlibStage&) = delete;

    Result<void> decode(QByteArrayView encoded, const Next& next) override;

private:
    [[nodiscard]] Result<void> inflatePieces(const Next& next);
    [[nodiscard]] bool open(const QByteArray& head);
    [[nodiscard]] bool startNextMember();

    Format m_format;
    z_stream m_stream = {};
    QByteArray m_head; // fewer bytes than the format can be told from
    bool m_isOpen = false;
    bool m_isEnded = false;
};

Result<void> ZlibStage::decode(QByteArrayView encoded, const Next& next)
{
    QByteArray joined;
    if (!m_isOpen) {
        m_head.append(encoded);
        if (m_head.size() < 2)
            return {};
        joined = std::exchange(m_head, QByteArray());
        if (!open(joined))
            return corrupt("gzip");
        encoded = joined;
    } else if (m_isEnded && !m_head.isEmpty()) {
        joined = std::exchange(m_head, QByteArray()) + encoded.toByteArray();
        encoded = joined;
    }
    m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(encoded.data()));
    m_stream.avail_in = uInt(encoded.size());
    return inflatePieces(next);
}

Result<void> ZlibStage::inflatePieces(const Next& next)
{
    Piece piece;
    while (true) {
        if (m_isEnded && !startNextMember())
            return {};
        m_stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        m_stream.avail_out = uInt(piece.size());
        const int status = inflate(&m_stream, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
            return corrupt(m_format == Format::Gzip ? "gzip" : "deflate");
        if (const qsizetype size = qsizetype(piece.size() - m_stream.avail_out); size > 0) {
            if (Result<void> taken = next(QByteArrayView(piece.data(), size)); !taken)
                return taken;
        }
        m_isEnded = status == Z_STREAM_END;
        if (!m_isEnded && m_stream.avail_in == 0 && m_stream.avail_out > 0)
            return {};
    }
}

bool ZlibStage::open(const QByteArray& head)
{
    int windowBits = MAX_WBITS + 16; // zlib's code for gzip
    if (m_format == Format::Deflate) {
        // A zlib header (RFC 1950 2.2) is method 8 and a multiple of 31; some servers send raw deflate.
        const int first = uchar(head[0]);
        const bool isWrapped = (first & 0x0F) == 8 && (first * 256 + uchar(head[1])) % 31 == 0;
        windowBits = isWrapped ? MAX_WBITS : -MAX_WBITS;
    }
    m_isOpen = inflateInit2(&m_stream, windowBits) == Z_OK;
    return m_isOpen;
}

/// Another gzip member follows when its magic does; anything else behind the end is padding.
bool ZlibStage::startNextMember()
{
    if (m_format != Format::Gzip || m_stream.avail_in == 0)
        return false;
    const QByteArrayView rest(reinterpret_cast<const char*>(m_stream.next_in), qsizetype(m_stream.avail_in));
    if (rest == "\x1f") {
        m_head = rest.toByteArray();
        return false;
    }
    if (!rest.startsWith("\x1f\x8b") || inflateReset(&m_stream) != Z_OK)
        return false;
    m_isEnded = false;
    return true;
}

/// br, RFC 7932.
class BrotliStage final : public ContentDecoder::Stage
{
public:
    BrotliStage()
        : m_state(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance)
    {
    }

    Result<void> decode(QByteArrayView encoded, const Next& next) override;

private:
    std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> m_state;
};

Result<void> BrotliStage::decode(QByteArrayView encoded, const Next& next)
{
    Piece piece;
    const auto* in = reinterpret_cast<const uint8_t*>(encoded.data());
    std::size_t inSize = std::size_t(encoded.size());
    while (!BrotliDecoderIsFinished(m_state.get())) {
        auto* out = reinterpret_cast<uint8_t*>(piece.data());
        std::size_t outSize = piece.size();
        const BrotliDecoderResult result
            = BrotliDecoderDecompressStream(m_state.get(), &inSize, &in, &outSize, &out, nullptr);
        if (result == BROTLI_DECODER_RESULT_ERROR)
            return corrupt("br");
        if (const qsizetype size = qsizetype(piece.size() - outSize); size > 0) {
            if (Result<void> taken = next(QByteArrayView(piece.data(), size)); !taken)
                return taken;
        }
        // It asks for input while it still has output.
        if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT && !BrotliDecoderHasMoreOutput(m_state.get()))
            return {};
    }
    return {};
}

/// zstd, RFC 8878; several frames allowed.
class ZstdStage final : public ContentDecoder::Stage
{
public:
    ZstdStage()
        : m_stream(ZSTD_createDStream(), &ZSTD_freeDStream)
    {
        // RFC 9659: content encoders stay within 8 MiB; 128 MiB is what the tools accept without --long.
        ZSTD_DCtx_setParameter(m_stream.get(), ZSTD_d_windowLogMax, 27);
    }

    Result<void> decode(QByteArrayView encoded, const Next& next) override;

private:
    std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> m_stream;
};

Result<void> ZstdStage::decode(QByteArrayView encoded, const Next& next)
{
    Piece piece;
    ZSTD_inBuffer in = {encoded.data(), std::size_t(encoded.size()), 0};
    while (true) {
        ZSTD_outBuffer out = {piece.data(), piece.size(), 0};
        const std::size_t status = ZSTD_decompressStream(m_stream.get(), &out, &in);
        if (ZSTD_isError(status))
            return corrupt("zstd");
        if (out.pos > 0) {
            if (Result<void> taken = next(QByteArrayView(piece.data(), qsizetype(out.pos))); !taken)
                return taken;
        }
        if (in.pos == in.size && out.pos < out.size)
            return {};
    }
}

} // namespace

std::unique_ptr<ContentDecoder::Stage> makeContentStage(QByteArrayView coding)
{
    if (coding == "gzip" || coding == "x-gzip")
        return std::make_unique<ZlibStage>(ZlibStage::Format::Gzip);
    if (coding == "deflate")
        return std::make_unique<ZlibStage>(ZlibStage::Format::Deflate);
    if (coding == "br")
        return std::make_unique<BrotliStage>();
    if (coding == "zstd")
        return std::make_unique<ZstdStage>();
    return nullptr;
}
