// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/chunkeddecoder.h"

#include "base/httpsyntax.h"

namespace {

constexpr qsizetype maxLineBytes = 4096;
constexpr qsizetype maxTrailerBytes = 64 * 1024;
constexpr qsizetype maxSizeDigits = 15; // 60 bits: cannot overflow qint64

Error badChunk(const char* message)
{
    return {ErrorCode::BadRequest, QString::fromLatin1(message), QStringLiteral("chunked body")};
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

} // namespace

Result<qsizetype> ChunkedDecoder::decode(QByteArrayView input, QByteArray* body)
{
    const qsizetype total = input.size();
    while (!input.isEmpty() && m_state != State::Finished) {
        if (m_state == State::Data) {
            const qsizetype taken = qsizetype(qMin<qint64>(m_remaining, input.size()));
            body->append(input.first(taken));
            input = input.sliced(taken);
            m_remaining -= taken;
            if (m_remaining == 0)
                m_state = State::DataEnd;
            continue;
        }
        const qsizetype end = input.indexOf('\n');
        const QByteArrayView piece = end < 0 ? input : input.first(end + 1);
        input = input.sliced(piece.size());
        Result<void> taken = m_line.isEmpty() && end >= 0 ? takeLine(piece) : takePiece(piece);
        if (!taken)
            return taken.error();
    }
    return total - input.size();
}

Result<void> ChunkedDecoder::takePiece(QByteArrayView piece)
{
    // Before anything is kept: the same input must fail the same way however it is cut.
    if (m_line.size() + piece.size() > maxLineBytes && m_state != State::DataEnd)
        return badChunk("chunk line too long");
    m_line.append(piece);
    if (m_state == State::DataEnd && !QByteArrayView("\r\n").startsWith(m_line))
        return badChunk("no CRLF after chunk data");
    if (!m_line.endsWith('\n'))
        return {};
    const QByteArray line = std::exchange(m_line, QByteArray());
    return takeLine(line);
}

Result<void> ChunkedDecoder::takeLine(QByteArrayView line)
{
    if (m_state == State::DataEnd) {
        if (line != QByteArrayView("\r\n"))
            return badChunk("no CRLF after chunk data");
        m_state = State::Size;
        return {};
    }
    if (line.size() > maxLineBytes)
        return badChunk("chunk line too long");
    if (!line.endsWith("\r\n"))
        return badChunk("chunk line does not end in CRLF");
    const QByteArrayView text = line.chopped(2);
    return m_state == State::Size ? takeSizeLine(text) : takeTrailerLine(text);
}

Result<void> ChunkedDecoder::takeSizeLine(QByteArrayView line)
{
    qsizetype digits = 0;
    qint64 size = 0;
    while (digits < line.size() && hexValue(line[digits]) >= 0) {
        if (digits == maxSizeDigits)
            return badChunk("chunk size too large");
        size = size * 16 + hexValue(line[digits++]);
    }
    const QByteArrayView extension = HttpSyntax::trimmed(line.sliced(digits));
    if (digits == 0 || (!extension.isEmpty() && extension.front() != ';'))
        return badChunk("invalid chunk size");
    for (char c : extension) {
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
            return badChunk("control character in chunk extension");
    }
    m_remaining = size;
    m_state = size == 0 ? State::Trailer : State::Data;
    return {};
}

Result<void> ChunkedDecoder::takeTrailerLine(QByteArrayView line)
{
    if (line.isEmpty()) {
        Result<HeaderList> trailers = HttpSyntax::parseFields(m_trailerBlock);
        if (!trailers)
            return trailers.error();
        m_trailers = std::move(*trailers);
        m_state = State::Finished;
        return {};
    }
    if (m_trailerBlock.size() + line.size() > maxTrailerBytes)
        return badChunk("trailers too large");
    m_trailerBlock.append(line).append("\r\n");
    return {};
}
