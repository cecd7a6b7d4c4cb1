// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/plainreader.h"

#include "wire/mediapart.h"

#include <QString>

#include <algorithm>

std::optional<PlainReader::Kind> PlainReader::kindOf(const DialectContext& context)
{
    const QByteArray& type = context.responseContentType;
    if (context.status < 200 || context.status >= 300 || type.isEmpty() || type.endsWith("json")
        || type == "text/event-stream" || type == "text/html")
        return std::nullopt;
    // Subtitles: `text/srt`, `text/vtt`, `application/x-subrip`.
    return type.startsWith("text/") || type == "application/x-subrip" ? Kind::Text : Kind::Audio;
}

PlainReader::PlainReader(Kind kind, const DialectContext& context)
    : m_kind(kind)
    , m_mediaType(context.responseContentType)
    , m_maxTextBytes(context.maxTextBytes)
{
}

void PlainReader::feed(QByteArrayView bytes, qint64)
{
    m_bytes += bytes.size();
    if (m_kind != Kind::Text)
        return;
    const qsizetype kept = std::min(bytes.size(), m_maxTextBytes - m_text.size());
    m_text.append(bytes.first(kept));
    m_response.omittedBytes += bytes.size() - kept;
}

void PlainReader::finish()
{
    Part part;
    if (m_kind == Kind::Audio)
        part = mediaPart(Part::Kind::Audio, m_mediaType, m_bytes);
    else
        part.text = QString::fromUtf8(m_text).toUtf8(); // a cut character becomes U+FFFD
    if (m_bytes > 0)
        m_response.output.messages = {{QByteArrayLiteral("assistant"), {}, {part}, {}}};
}
