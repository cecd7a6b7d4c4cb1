// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// GeminiGenerate: the dialect of `POST /v1beta/models/M:generateContent` and `:streamGenerateContent`, also
// of v1 and v1alpha and of tuned models. Listed in dialects.cpp; telemetry thread. Source:
// ai.google.dev/api/generate-content (2026-11).

#include "wire/dialect.h"

class GeminiGenerate final : public Dialect
{
public:
    [[nodiscard]] QByteArray name() const override;
    [[nodiscard]] bool handles(
        QByteArrayView provider, QByteArrayView method, QByteArrayView path) const override;
    /// The model, and whether it streams, stand in the path. The model has no `models/` before it (price
    /// tables know it without), a tuned one keeps `tunedModels/`.
    [[nodiscard]] ParsedRequest readRequest(
        QByteArrayView body, const DialectContext& context) const override;
    [[nodiscard]] std::unique_ptr<ResponseReader> makeResponseReader(
        const DialectContext& context) const override;
};
