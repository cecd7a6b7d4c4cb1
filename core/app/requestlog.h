// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// requestLog: the one log line of a finished call. Called on the telemetry thread, where the model and the
// tokens are known, so that a slow log never slows an answer.

#include "trace/tracerecord.h"

/// method, path without secrets, status, model, tokens, time to first byte, duration, error.
void logRequest(const TraceRecord& record);
