// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/answeredstatus.h"

int answeredStatus(const TraceRecord& record)
{
    if (record.status > 0)
        return record.status;
    if (record.outcome == CallOutcome::UpstreamFailed || record.outcome == CallOutcome::TimedOut)
        return 502;
    if (record.outcome != CallOutcome::Rejected)
        return 0;
    if (record.errorCode == "request_too_large")
        return 413;
    return record.errorCode == "request_timeout" ? 408 : 400;
}
