// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// jsonsplice: the one change we make to a request body: asking OpenAI for the token usage of a stream. Bytes
// are inserted; every other byte stays as it came. Pure; runs on the engine thread, before the call goes out.

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

/// The body of a chat/completions request with `stream_options.include_usage` set to true. Nothing when it is
/// not ours to set: the body is not one JSON object, `stream` is not true, `include_usage` is given
/// (whatever its value), or a member is given twice or written with escapes so that readers could differ.
///
///     {"model":"m","stream":true} -> {"model":"m","stream":true,"stream_options":{"include_usage":true}}
///
/// Source: platform.openai.com/docs/api-reference/chat/create, stream_options (2026-11).
[[nodiscard]] std::optional<QByteArray> withIncludeUsage(QByteArrayView body);
