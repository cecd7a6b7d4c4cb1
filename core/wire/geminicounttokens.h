// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// GeminiCountTokens: the dialect of `POST /v1beta/models/M:countTokens`: a request that is counted instead of
// answered, and charged nothing. Listed in dialects.cpp; telemetry thread. Source: ai.google.dev/api/tokens
// (2026-11).

#include "wire/dialect.h"

class GeminiCountTokens final : public Dialect
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
