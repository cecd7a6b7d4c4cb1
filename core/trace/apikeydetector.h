// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiKeyDetector: keys of well-known providers by their prefix and shape, and JSON Web Tokens. Hand-written
// scanner, linear in the length of what it matches. Pure; used by SensitiveText.

#include <QByteArrayView>

namespace ApiKeyDetector {

/// The end of the key that begins at `at`, -1: none. Known: OpenAI, Anthropic, OpenRouter, Langfuse, DeepSeek
/// (`sk-...`, `pk-lf-...`), Google (`AIza...`, `ya29....`), GitHub (`ghp_...`, `github_pat_...`), GitLab, AWS
/// (`AKIA...`), Slack (`xoxb-...`), Stripe, Hugging Face, Groq, xAI, Replicate, Perplexity, NVIDIA, npm,
/// PyPI, SendGrid, and JWT (RFC 7519: `eyJ....eyJ....`).
[[nodiscard]] qsizetype endOf(QByteArrayView text, qsizetype at);

/// Whether a key can begin with these two characters.
[[nodiscard]] bool canStartWith(char c, char next);

} // namespace ApiKeyDetector
