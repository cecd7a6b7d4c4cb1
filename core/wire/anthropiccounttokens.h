// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AnthropicCountTokens: the dialect of `POST /v1/messages/count_tokens`: a request that is counted instead of
// answered, and charged nothing. Listed in dialects.cpp; telemetry thread. Source:
// docs.anthropic.com/en/api/messages-count-tokens (2026-11).

#include "wire/dialect.h"

class AnthropicCountTokens final : public Dialect
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
