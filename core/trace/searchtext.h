// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Search text: what of a call can be found by its words. A coding agent sends its whole history with every
// turn; only what a turn adds is indexed: what follows the last answer in the request, and the answer. System
// prompts and tool definitions are left out. From the finished record, so what redaction or
// TELEMETRY_CONTENT=metadata took away is not in it. Pure; telemetry thread.

#include "trace/tracerecord.h"

struct SearchText
{
    /// Of each side; words beyond are not found.
    static constexpr qsizetype maxBytes = 8 * 1024;

    QByteArray input; // UTF-8
    QByteArray output;

    [[nodiscard]] bool isEmpty() const { return input.isEmpty() && output.isEmpty(); }
    [[nodiscard]] qsizetype bytes() const { return input.size() + output.size(); }
    bool operator==(const SearchText&) const = default;
};

/// What a call can be found by. The last message comes first into the bound.
[[nodiscard]] SearchText searchTextOf(const TraceRecord& record);
