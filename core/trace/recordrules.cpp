// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordrules.h"

#include "trace/callcost.h"
#include "trace/contentomission.h"
#include "trace/recordredaction.h"

void applyRules(TraceRecord* record, const RecordRules& rules)
{
    record->cost = costOf(*record, rules.prices);
    if (!rules.keepsContent)
        omitContent(record);
    redactRecord(record, rules.redaction);
}
