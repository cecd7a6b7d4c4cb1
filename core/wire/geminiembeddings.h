// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// GeminiEmbeddings: the dialect of `POST /v1beta/models/M:embedContent` and `:batchEmbedContents`. The
// vectors are counted, not kept. Listed in dialects.cpp; telemetry thread. Source:
// ai.google.dev/api/embeddings (2026-11).

#include "wire/dialect.h"

class GeminiEmbeddings final : public Dialect
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
