// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallMetrics: what /metrics says of calls that have ended, since the start of the process. Filled from their
// records on the telemetry thread; pure.
//
// Names of OpenTelemetry's GenAI conventions where there are some (docs/gen-ai/gen-ai-metrics.md of
// open-telemetry/semantic-conventions-genai, read 2026-11-24), in Prometheus' spelling, with their bucket
// bounds; `langfuse_proxy_` for all else.

#include "live/boundednames.h"
#include "live/metricstext.h"
#include "trace/tracerecord.h"

#include <QMap>

class CallMetrics final
{
public:
    static constexpr qsizetype maxModels = 100; // the others share `other`

    CallMetrics();

    void addCall(const TraceRecord& record);
    /// How long the call waited for us alone.
    void addLatency(const CallEnd& end);
    void write(MetricsText* out) const;

private:
    using Series = QMap<MetricLabels, qint64>;
    using Histograms = QMap<MetricLabels, Histogram>;

    void addGeneration(const TraceRecord& record);
    void addUsage(const TraceRecord& record, const MetricLabels& labels, const QByteArray& model);

    BoundedNames m_models{maxModels};
    Series m_requests;
    Series m_tokens;
    Series m_picodollars;
    Series m_withoutCost;
    Histograms m_headUs;
    Histograms m_tokenUsage;
    Histograms m_durationUs;
    Histograms m_firstTokenUs;
    Histogram m_addedToRequest; // nanoseconds
    Histogram m_addedToResponse;
};
