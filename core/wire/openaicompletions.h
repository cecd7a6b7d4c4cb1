// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiCompletions: the dialect of `POST /v1/completions`, the API before chat: a text in, texts out. Listed
// in dialects.cpp; telemetry thread. Source: platform.openai.com/docs/api-reference/completions (2026-11).

#include "wire/dialect.h"

class OpenAiCompletions final : public Dialect
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
