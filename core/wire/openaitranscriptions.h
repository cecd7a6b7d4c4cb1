// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiTranscriptions: the dialect of `POST /v1/audio/transcriptions` and `/translations`: a form with a
// sound in it, text out as JSON, as plain text (also subtitles) or as events. Listed in dialects.cpp;
// telemetry thread. Source: platform.openai.com/docs/api-reference/audio/createTranscription and
// /audio/transcript-text-delta-event (2026-11).

#include "wire/dialect.h"

class OpenAiTranscriptions final : public Dialect
{
public:
    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] bool handles(
        QByteArrayView provider, QByteArrayView method, QByteArrayView path) const override;
    [[nodiscard]] ParsedRequest readRequest(
        QByteArrayView body, const DialectContext& context) const override;
    [[nodiscard]] std::unique_ptr<ResponseReader> makeResponseReader(
        const DialectContext& context) const override;
};
