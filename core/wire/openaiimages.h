// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiImages: the dialect of `POST /v1/images/generations`, `/edits` (JSON or a form) and `/variations` (a
// form). Listed in dialects.cpp; telemetry thread. Source: platform.openai.com/docs/api-reference/images and
// /images-streaming (2026-11).

#include "wire/dialect.h"

class OpenAiImages final : public Dialect
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
