// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Content omission: TELEMETRY_CONTENT=metadata. What was said leaves the record before it is stored or sent;
// who spoke, how much, with which model, tools and settings, how long it took and what it used stay. Pure;
// telemetry thread.

#include "trace/tracerecord.h"

/// Left out: bodies and their texts, the verbatim input, every text, argument, id and media of the
/// conversation (each becomes `[omitted: 123 bytes]`), descriptions and schemas of tools, names of
/// participants, the query, a provider's error message, parameters that are text beyond the known words
/// (`stop`, `response_format`). Kept: roles, kinds and numbers of parts, tool names, finish reasons, numeric
/// parameters, sizes, usage, cost, times, headers, attribution.
void omitContent(TraceRecord* record);
