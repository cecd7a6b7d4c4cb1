// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// requestLog: the one log line of a finished call. Called on the telemetry thread, where the model and the
// tokens are known, so that a slow log never slows an answer.

#include "base/logging.h"
#include "trace/tracerecord.h"

struct RequestLogLine
{
    Logging::Level level = Logging::Level::Info;
    QByteArray message; // method and path, without the query; "no request" where nothing was understood
    QList<Logging::Field> fields; // status, model, tokens, time to first byte, duration, error, request id
};

/// `status` is the one that the consumer got: 502 where the upstream gave none. Info for what went well, Warn
/// for what the consumer or the provider refused, Error for what failed between us and the upstream.
[[nodiscard]] RequestLogLine requestLogLine(const TraceRecord& record);
void logRequest(const TraceRecord& record);
