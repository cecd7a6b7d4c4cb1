// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// errorbody: the failure that a JSON body tells, in any provider's shape. Pure; telemetry thread.

#include "wire/dialect.h"
#include "wire/jsonvalue.h"

/// The error in that document, an array of one such document (Gemini), or nothing when it tells none:
///
///     {"error":{"message":..,"type":..,"code":..}}                  OpenAI
///     {"type":"error","error":{"type":..,"message":..}}             Anthropic
///     {"error":{"code":400,"message":..,"status":".."}}             Gemini; type = status
///     {"object":"error","message":..,"type":..,"code":..}           vLLM, Mistral
///     {"error":".."}, {"message":".."}, {"detail":".."}             other compatible servers
///
/// The last two shapes count only with `isFailure`: the status said that the call failed. Long messages are
/// cut at 64 KiB.
[[nodiscard]] std::optional<ParsedError> readError(JsonValue root, bool isFailure);
