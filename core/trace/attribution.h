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
    QByteArray bodySession; // ParsedRequest::session
    QByteArray continuedSession; // of the answer that the request continues, see ResponseSessions
    QByteArray promptCacheKey; // ParsedRequest::promptCacheKey
};

/// An explicit header (`X-Session-Id`, `X-User-Id`, `X-Langfuse-*`) beats baggage
/// (`langfuse_session_id=...`), and baggage beats what an agent or a body says in its own way. That is, for
/// the session, in this order:
///
///  1. Claude Code's `X-Claude-Code-Session-Id`
///  2. Codex's `session-id` (before 2026 `session_id`, `conversation_id`), then `thread-id`
///  3. the body's conversation: OpenAI `conversation`, Codex's `client_metadata.session_id`, and what stands
///     in Anthropic's `metadata.user_id`: `..._session_<id>`, or a `session_id` member
///  4. the session of the answer that `previous_response_id` names
///  5. `prompt_cache_key`
///
/// and for the user the body's, without the session that Claude Code puts into it. Tags of all sources add
/// up. A prompt's name and version come from one source. Text comes out as UTF-8 without control characters,
/// at most 800 bytes a value (the longest id that Langfuse takes). Metadata that is not a JSON object is left
/// out and said so under the key `x_langfuse_metadata_error`. No modality tags here.
///
/// Sources: openai/codex codex-rs/codex-api (headers; 2026-05), weave-os/router#1046 (Codex 0.149 and later).
[[nodiscard]] Attribution attributionOf(const AttributionFacts& facts);
