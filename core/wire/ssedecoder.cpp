// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/ssedecoder.h"

#include <cstring>

namespace {

/// Index of the first CR or LF; -1 when there is none.
qsizetype lineEnd(QByteArrayView text)
{
    const void* const lineFeed = std::memchr(text.data(), '\n', std::size_t(text.size()));
    const qsizetype end = lineFeed ? static_cast<const char*>(lineFeed) - text.data() : text.size();
    const void* const carriageReturn = std::memchr(text.data(), '\r', std::size_t(end));
    if (carriageReturn)
        return static_cast<const char*>(carriageReturn) - text.data();
    return lineFeed ? end : -1;
}

} // namespace

SseDecoder::SseDecoder(Callback callback, qsizetype maxEventBytes)
    : m_callback(std::move(callback))
    , m_maxEventBytes(maxEventBytes)
{
}

void SseDecoder::feed(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (m_skipLineFeed) {
            m_skipLineFeed = false;
            if (bytes.front() == '\n') {
                bytes = bytes.sliced(1);
                continue;
            }
        }
        const qsizetype end = lineEnd(bytes);
        if (end < 0) {
            takePartialLine(bytes);
            return;
        }
        m_skipLineFeed = bytes[end] == '\r';
        if (m_line.isEmpty() && end <= m_maxEventBytes) {
            takeLine(bytes.first(end));
        } else {
            takePartialLine(bytes.first(end));
            takeLine(m_line);
            m_line.resize(0);
        }
        bytes = bytes.sliced(end + 1);
    }
}

void SseDecoder::finish()
{
    if (!m_line.isEmpty()) {
        takeLine(m_line);
        m_line.resize(0);
    }
    dispatch();
}

void SseDecoder::takePartialLine(QByteArrayView piece)
{
    if (m_line.size() + piece.size() <= m_maxEventBytes) {
        m_line.append(piece);
        return;
    }
    // Keep the line non-empty, so that its end is not taken for the end of the event.
    m_isOversized = true;
    m_line = QByteArrayLiteral(":");
}

void SseDecoder::takeLine(QByteArrayView line)
{
    if (m_isFirstLine) {
        m_isFirstLine = false;
        if (line.startsWith("\xEF\xBB\xBF"))
            line = line.sliced(3);
    }
    if (line.isEmpty()) {
        dispatch();
        return;
    }
    const qsizetype colon = line.indexOf(':');
    if (colon == 0)
        return;
    if (colon < 0) {
        takeField(line, {});
        return;
    }
    QByteArrayView value = line.sliced(colon + 1);
    if (value.startsWith(' '))
        value = value.sliced(1);
    takeField(line.first(colon), value);
}

void SseDecoder::takeField(QByteArrayView name, QByteArrayView value)
{
    if (name == "data") {
        if (m_data.size() + value.size() > m_maxEventBytes) {
            m_isOversized = true;
            return;
        }
        m_data.append(value);
        m_data.append('\n');
    } else if (name == "event") {
        m_type = value.toByteArray();
    } else if (name == "id" && !value.contains('\0')) {
        m_id = value.toByteArray();
    }
}

void SseDecoder::dispatch()
{
    if (m_isOversized)
        ++m_oversizedEvents;
    else if (!m_data.isEmpty())
        m_callback({m_type, QByteArrayView(m_data).chopped(1), m_id});
    m_isOversized = false;
    m_type.resize(0);
    m_data.resize(0);
}
