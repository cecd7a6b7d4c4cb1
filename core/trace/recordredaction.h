// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Record redaction: what REDACT, REDACT_PATTERNS and REDACT_JSON_PATHS name leaves a record before it is
// stored or sent. The second gate, behind maskCredentials(); works on whole texts, so that it does not matter
// how a stream cut them. Pure; telemetry thread.

#include "trace/redactionrules.h"
#include "trace/tracerecord.h"

/// Replaces in every text of the record: conversation, verbatim input, bodies and their texts, parameters,
/// metadata, error, headers, target. The copy of a body that cannot be changed in place (encoded, a stream,
/// binary) goes as a whole when there is anything to replace in it or in what it says. Texts that could not
/// be searched are replaced whole and counted in `withheldTexts`.
void redactRecord(TraceRecord* record, const RedactionRules& rules);

/// What the paths name in a request's decoded body, before a dialect reads it. True: something was replaced.
/// A body that should be JSON and cannot be parsed is withheld, and counted in the record.
[[nodiscard]] bool redactRequestPaths(QByteArray* body, const RedactionRules& rules, TraceRecord* record);

/// Of an answer that a reader cut at its bound, without saying where: the ends of its parts, because what
/// they began is not known.
void dropCutEnds(Conversation* output);
