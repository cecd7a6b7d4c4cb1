// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Attribution of a call: trace, parent, session, user, tags and metadata, from the consumer's headers (own
// ones, W3C traceparent and baggage), and from what its body says. Pure; used by the record builder.

#include "trace/tracerecord.h"

struct AttributionFacts
{
    HeaderList headers; // of the request, as the consumer sent them
    QByteArray requestId; // X-Request-Id, or the UUID made in its place
    QByteArray recordId; // of the record: seeds our span id
    QByteArray bodyUser; // ParsedRequest::user
};

/// An explicit header (`X-Session-Id`, `X-User-Id`, `X-Langfuse-Tags`, `X-Langfuse-Metadata`) beats baggage
/// (`langfuse_session_id=...`), and baggage beats what a coding agent says in its own way (Claude Code's
/// `X-Claude-Code-Session-Id`, `..._session_<id>` or a `session_id` member in Anthropic's
/// `metadata.user_id`). Tags of all sources add up. Text comes out as UTF-8 without control characters, at
/// most 800 bytes a value (the longest id that Langfuse takes). Metadata that is not a JSON object is left
/// out and said so under the key `x_langfuse_metadata_error`. No modality tags here.
[[nodiscard]] Attribution attributionOf(const AttributionFacts& facts);
