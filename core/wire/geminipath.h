// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// geminiCall: which method of which model a Gemini path calls. Pure; any thread.

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

struct GeminiCall
{
    QByteArray model; // without `models/` (price tables know it so), a tuned one keeps `tunedModels/`
    QByteArray method; // generateContent
};

/// `/v1beta/models/M:generateContent`, also of v1 and v1alpha and of tuned models; nothing for another path.
/// Source: ai.google.dev/api (2026-11).
[[nodiscard]] std::optional<GeminiCall> geminiCall(QByteArrayView path);
