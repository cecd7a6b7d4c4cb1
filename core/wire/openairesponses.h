// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiResponses: the dialect of `POST /v1/responses` and of `/v1/responses/compact`, which asks and answers
// in the same shape. Not of the routes about an answer that is there already (`GET /v1/responses/{id}`,
// `.../input_items`, `.../cancel`), whose usage would count a call twice, nor of `.../input_tokens`, which
// generates nothing. Listed in dialects.cpp; telemetry thread.
// Source: platform.openai.com/docs/api-reference/responses (2026-11).

#include "wire/dialect.h"

class OpenAiResponses final : public Dialect
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
