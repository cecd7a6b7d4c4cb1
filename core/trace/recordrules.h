// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordRules: what the settings say about the content of records. A value, made once at start by the Engine
// and read on the telemetry thread.

#include "trace/pricelist.h"
#include "trace/redactionrules.h"
#include "trace/tracerecord.h"

struct RecordRules
{
    bool keepsContent = true; // TELEMETRY_CONTENT
    RedactionRules redaction;
    PriceList prices;
};

/// The last step of a record: its cost, then what may not be kept leaves it.
void applyRules(TraceRecord* record, const RecordRules& rules);
