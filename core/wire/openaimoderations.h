// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiModerations: the dialect of `POST /v1/moderations`: what was asked, and whether it was flagged as
// what. Listed in dialects.cpp; telemetry thread. Source: platform.openai.com/docs/api-reference/moderations
// (2026-11).

#include "wire/dialect.h"

class OpenAiModerations final : public Dialect
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
