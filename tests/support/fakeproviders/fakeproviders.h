// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeOpenAi, FakeOpenAiResponses, FakeAnthropic, FakeGemini: the answers of the three providers in
// fake-upstream, chosen by path and model name. Pure functions from request to script; shapes as the
// providers' API references show them (platform.openai.com, docs.anthropic.com, ai.google.dev, read 2026-11).
// Server's thread.

#include "support/fakeproviders/providerrequest.h"

#include <optional>

namespace FakeOpenAi {
/// Nothing when the path is none of OpenAI's.
[[nodiscard]] std::optional<UpstreamScript> answer(const ProviderRequest& request);
} // namespace FakeOpenAi

namespace FakeOpenAiResponses {
[[nodiscard]] std::optional<UpstreamScript> answer(const ProviderRequest& request);
}

namespace FakeAnthropic {
[[nodiscard]] std::optional<UpstreamScript> answer(const ProviderRequest& request);
}

namespace FakeGemini {
[[nodiscard]] std::optional<UpstreamScript> answer(const ProviderRequest& request);
}
