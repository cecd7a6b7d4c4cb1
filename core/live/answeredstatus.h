// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// answeredStatus: the status that the consumer got. Pure.

#include "trace/tracerecord.h"

/// A record has the upstream's status; where there was no answer of its, the consumer got one of ours. 0: it
/// left before there was one.
[[nodiscard]] int answeredStatus(const TraceRecord& record);
