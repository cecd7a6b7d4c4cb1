// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PlainReader: reads a response that is no JSON and no event stream: a text, which becomes what the model
// said, or a sound, of which type and size are kept. Whether it is whole only its framing tells, so it is
// never marked as complete. Made by a dialect, one a response; telemetry thread.

#include "wire/dialect.h"

class PlainReader final : public ResponseReader
{
public:
    enum class Kind { Text, Audio };

    /// Which of the two a response is by its status and content type; nothing when it is neither: an error, a
    /// document, an event stream.
    [[nodiscard]] static std::optional<Kind> kindOf(const DialectContext& context);

    PlainReader(Kind kind, const DialectContext& context);

    void feed(QByteArrayView bytes, qint64 atNs) override;
    void finish() override;
    [[nodiscard]] const ParsedResponse& response() const override { return m_response; }

private:
    const Kind m_kind;
    const QByteArray m_mediaType;
    const qsizetype m_maxTextBytes;
    ParsedResponse m_response;
    QByteArray m_text;
    qint64 m_bytes = 0;
};
