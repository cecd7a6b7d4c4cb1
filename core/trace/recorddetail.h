// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// How much of a record is kept when there is no room for all of it. Pure; telemetry thread.

#include "trace/tracerecord.h"

enum class RecordDetail {
    Whole,
    CutBodies, // every body, text and conversation down to a few kilobytes
    Facts, // no content: who, what, when, how it ended, usage
};

/// Takes away what is beyond that detail, and says so in the record (isTruncated, bodiesDropped) when there
/// was something to take.
void reduceTo(RecordDetail detail, TraceRecord* record);
