// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracesummary.h"

#include "trace/callpreview.h"

#include <initializer_list>

namespace {

/// Of those that are known; nothing when none is.
std::optional<qint64> knownSum(std::initializer_list<std::optional<qint64>> counts)
{
    std::optional<qint64> sum;
    for (const std::optional<qint64>& count : counts) {
        if (count)
            sum = sum.value_or(0) + *count;
    }
    return sum;
}

TokenCounts tokenCounts(const Usage& usage)
{
    TokenCounts tokens;
    tokens.input = knownSum({usage.input, usage.inputAudio, usage.inputImage});
    tokens.cached = usage.inputCached;
    tokens.cacheWrite = knownSum({usage.cacheWrite, usage.cacheWrite5m, usage.cacheWrite1h});
    tokens.output = knownSum({usage.output, usage.outputAudio, usage.outputImage});
    tokens.reasoning = usage.outputReasoning;
    tokens.total = usage.total;
    return tokens;
}

} // namespace

TraceSummary summaryOf(const TraceRecord& record)
{
    TraceSummary summary;
    summary.id = record.id;
    summary.requestId = record.requestId;
    summary.startedAtUs = record.startedAtUs;
    summary.provider = record.provider;
    summary.method = record.method;
    summary.path = record.path();
    summary.name = record.attribution.traceName;
    summary.requestModel = record.requestModel;
    summary.model = record.model();
    summary.status = record.status;
    summary.outcome = record.outcome;
    summary.errorCode = record.errorCode;
    summary.errorMessage = CallPreview::line(record.errorMessage);
    summary.session = record.attribution.sessionId;
    summary.user = record.attribution.userId;
    summary.tags = record.attribution.tags;
    if (!record.output.messages.isEmpty())
        summary.finishReason = record.output.messages.first().finishReason;
    summary.preview = CallPreview::ofInput(record.input);
    summary.tools = CallPreview::calledTools(record.output);
    summary.isStream = record.isStream;
    summary.firstByteUs = record.responseHeadUs;
    summary.firstTokenUs = record.firstTokenUs;
    summary.durationUs = record.durationUs;
    if (record.usage)
        summary.tokens = tokenCounts(*record.usage);
    if (record.cost)
        summary.picodollars = record.cost->picodollars;
    summary.capturedBytes = record.requestBytes + record.responseBytes;
    return summary;
}
