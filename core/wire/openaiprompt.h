// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openaiprompt: the `prompt` or `input` of OpenAI's APIs that are no conversation: completions, embeddings,
// moderations. Pure; telemetry thread.

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

/// A text, an array of tokens, or an array of texts, of token arrays and of content parts (`text`,
/// `image_url`), as a part for each of them. Tokens, and what else is no text or image, are Unknown with
/// their JSON.
[[nodiscard]] QList<Part> readPrompt(JsonValue prompt);
