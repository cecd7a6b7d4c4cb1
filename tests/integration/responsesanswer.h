// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// responsesAnswer: an upstream of the Responses API whose answers all hold a reasoning summary, a call of
// get_weather for Paris and the text "It is sunny". Pure; on the fake upstream's thread.

#include "support/fakeupstream.h"

/// `X-Answer-Id` is the answer's id, `X-Kind` how it comes: `streamed`, `final event only`, `failed`,
/// `unfinished`; everything else is a document.
[[nodiscard]] UpstreamScript responsesAnswer(const ReceivedRequest& request);
