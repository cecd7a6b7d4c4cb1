// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/callmetrics.h"

#include "live/answeredstatus.h"
#include "trace/picodollars.h"

#include <algorithm>
#include <array>

namespace {

// OpenTelemetry's, in microseconds and tokens.
constexpr std::array<qint64, 14> durationBounds{10'000, 20'000, 40'000, 80'000, 160'000, 320'000, 640'000,
    1'280'000, 2'560'000, 5'120'000, 10'240'000, 20'480'000, 40'960'000, 81'920'000};
constexpr std::array<qint64, 16> firstTokenBounds{1'000, 5'000, 10'000, 20'000, 40'000, 60'000, 80'000,
    100'000, 250'000, 500'000, 750'000, 1'000'000, 2'500'000, 5'000'000, 7'500'000, 10'000'000};
constexpr std::array<qint64, 14> tokenBounds{
    1, 4, 16, 64, 256, 1'024, 4'096, 16'384, 65'536, 262'144, 1'048'576, 4'194'304, 16'777'216, 67'108'864};
// Ours, in nanoseconds: tens of microseconds are usual, milliseconds a fault.
constexpr std::array<qint64, 14> addedBounds{10'000, 20'000, 40'000, 80'000, 160'000, 320'000, 640'000,
    1'280'000, 2'560'000, 5'120'000, 10'240'000, 50'000'000, 250'000'000, 1'000'000'000};

/// `gen_ai.provider.name`
QByteArray otelProvider(const QByteArray& provider)
{
    return provider == "gemini" ? QByteArray("gcp.gemini") : provider;
}

/// `gen_ai.operation.name` of a dialect that generates or embeds; else empty: what is free and what is not
/// understood is no operation of a model.
QByteArray otelOperation(const QByteArray& dialect)
{
    static const QMap<QByteArray, QByteArray> operations{
        {"openai.chat", "chat"},
        {"openai.responses", "chat"},
        {"anthropic.messages", "chat"},
        {"gemini.generateContent", "generate_content"},
        {"openai.completions", "text_completion"},
        {"openai.embeddings", "embeddings"},
        {"gemini.embedContent", "embeddings"},
        {"openai.images", "image_generation"},
        {"openai.speech", "speech"},
        {"openai.transcriptions", "transcription"},
    };
    return operations.value(dialect);
}

struct TokenKind
{
    const char* name;
    std::optional<qint64> Usage::*count;
    bool isInput;
};

// Exclusive, so that they can be added up.
constexpr std::array tokenKinds{TokenKind{"input", &Usage::input, true},
    TokenKind{"input_cached", &Usage::inputCached, true}, TokenKind{"cache_write", &Usage::cacheWrite, true},
    TokenKind{"cache_write_5m", &Usage::cacheWrite5m, true},
    TokenKind{"cache_write_1h", &Usage::cacheWrite1h, true},
    TokenKind{"input_audio", &Usage::inputAudio, true}, TokenKind{"input_image", &Usage::inputImage, true},
    TokenKind{"output", &Usage::output, false}, TokenKind{"output_reasoning", &Usage::outputReasoning, false},
    TokenKind{"output_audio", &Usage::outputAudio, false},
    TokenKind{"output_image", &Usage::outputImage, false}};

/// A class of failures, never a provider's own word: those are without bound.
QByteArray errorType(const TraceRecord& record)
{
    switch (record.outcome) {
    case CallOutcome::ClientCancelled:
        return "cancelled";
    case CallOutcome::UpstreamFailed:
        return "connection_error";
    case CallOutcome::TimedOut:
        return "timeout";
    case CallOutcome::Rejected:
        return "refused";
    case CallOutcome::Completed:
        break;
    }
    if (record.status >= 400)
        return QByteArray::number(record.status);
    return record.isError() ? QByteArray("_OTHER") : QByteArray();
}

void addTo(QMap<MetricLabels, Histogram>* histograms, const MetricLabels& labels,
    std::span<const qint64> bounds, qint64 value)
{
    auto histogram = histograms->find(labels);
    if (histogram == histograms->end())
        histogram = histograms->insert(labels, Histogram(bounds));
    histogram->add(value);
}

void writeAll(MetricsText* out, const QMap<MetricLabels, qint64>& series)
{
    for (auto it = series.begin(); it != series.end(); ++it)
        out->sample(it.key(), it.value());
}

void writeAll(MetricsText* out, const QMap<MetricLabels, Histogram>& histograms, int decimals)
{
    for (auto it = histograms.begin(); it != histograms.end(); ++it)
        out->histogram(it.key(), it.value(), decimals);
}

} // namespace

CallMetrics::CallMetrics()
    : m_addedToRequest(addedBounds)
    , m_addedToResponse(addedBounds)
{
}

void CallMetrics::addCall(const TraceRecord& record)
{
    const QByteArray provider = record.provider.isEmpty() ? QByteArray("none") : record.provider;
    const QByteArray route = record.provider.isEmpty() ? QByteArray("none")
        : record.dialect.isEmpty()                     ? QByteArray("other")
                                                       : record.dialect;
    const int status = answeredStatus(record);
    const bool isOdd = status < 100 || status > 599; // from the upstream, three digits of any kind
    m_requests[{{"provider", provider}, {"route", route},
        {"status",
            isOdd ? (status == 0 ? QByteArray("none") : QByteArray("other")) : QByteArray::number(status)}}]
        += 1;
    if (record.responseHeadUs >= 0 && record.outcome != CallOutcome::Rejected) {
        addTo(&m_headUs, {{"provider", provider}, {"route", route}}, durationBounds,
            record.responseHeadUs - std::clamp<qint64>(record.requestSentUs, 0, record.responseHeadUs));
    }
    addGeneration(record);
}

void CallMetrics::addGeneration(const TraceRecord& record)
{
    const QByteArray operation = otelOperation(record.dialect);
    if (operation.isEmpty() || record.outcome == CallOutcome::Rejected)
        return;
    const bool isGood = record.status >= 200 && record.status < 300;
    const QByteArray requested = record.requestModel.isEmpty() ? record.model() : record.requestModel;
    MetricLabels labels{{"gen_ai_operation_name", operation},
        {"gen_ai_provider_name", otelProvider(record.provider)},
        {"gen_ai_request_model", m_models.name(requested, isGood)}};
    if (record.firstTokenUs >= 0)
        addTo(&m_firstTokenUs, labels, firstTokenBounds, record.firstTokenUs);
    if (record.usage)
        addUsage(record, labels, m_models.name(record.model(), isGood));
    if (const QByteArray error = errorType(record); !error.isEmpty())
        labels.append(MetricLabel{"error_type", error});
    addTo(&m_durationUs, labels, durationBounds, std::max<qint64>(0, record.durationUs));
}

void CallMetrics::addUsage(const TraceRecord& record, const MetricLabels& labels, const QByteArray& model)
{
    qint64 input = 0;
    qint64 output = 0;
    for (const TokenKind& kind : tokenKinds) {
        // A provider that counts below zero must not turn a counter back.
        const qint64 count = std::max<qint64>(0, (*record.usage.*(kind.count)).value_or(0));
        if (count > 0)
            m_tokens[{{"model", model}, {"kind", kind.name}}] += count;
        (kind.isInput ? input : output) += count;
    }
    const auto withType = [&](const char* type) {
        MetricLabels typed = labels;
        typed.append(MetricLabel{"gen_ai_token_type", type});
        return typed;
    };
    addTo(&m_tokenUsage, withType("input"), tokenBounds, input);
    addTo(&m_tokenUsage, withType("output"), tokenBounds, output);
    if (record.cost)
        m_picodollars[{{"model", model}}] += std::max<qint64>(0, record.cost->picodollars);
    else
        m_withoutCost[{{"model", model}}] += 1;
}

void CallMetrics::addLatency(const CallEnd& end)
{
    if (end.outcome == CallOutcome::Rejected)
        return; // went nowhere
    if (end.addedToRequestNs >= 0)
        m_addedToRequest.add(end.addedToRequestNs);
    if (end.addedToResponseNs >= 0)
        m_addedToResponse.add(end.addedToResponseNs);
}

void CallMetrics::write(MetricsText* out) const
{
    using Type = MetricsText::Type;
    out->family("langfuse_proxy_requests_total", Type::Counter,
        "Calls that have ended, by the status that the consumer got (none: it left first).");
    writeAll(out, m_requests);
    out->family("langfuse_proxy_tokens_total", Type::Counter,
        "Tokens that providers reported, in kinds that exclude each other.");
    writeAll(out, m_tokens);
    out->family("langfuse_proxy_cost_usd_total", Type::Counter, "Cost of the calls whose cost is known.");
    for (auto it = m_picodollars.begin(); it != m_picodollars.end(); ++it)
        out->sampleText(it.key(), Picodollars::toDollars(it.value()));
    out->family("langfuse_proxy_calls_without_cost_total", Type::Counter,
        "Calls with tokens whose cost is not known.");
    writeAll(out, m_withoutCost);
    out->family("langfuse_proxy_added_latency_seconds", Type::Histogram,
        "Time spent in the proxy. request: from the last byte of the request to the kernel having taken it "
        "for "
        "an open upstream connection. response: from the upstream's response head to its being sent on.");
    out->histogram({{"leg", "request"}}, m_addedToRequest, 9);
    out->histogram({{"leg", "response"}}, m_addedToResponse, 9);
    out->family("langfuse_proxy_upstream_head_seconds", Type::Histogram,
        "Time from the last byte of a request to the upstream's response head.");
    writeAll(out, m_headUs, 6);
    out->family("gen_ai_client_operation_duration_seconds", Type::Histogram, "GenAI operation duration.");
    writeAll(out, m_durationUs, 6);
    out->family("gen_ai_server_time_to_first_token_seconds", Type::Histogram,
        "Time to the first token of a streamed answer, from the start of the call.");
    writeAll(out, m_firstTokenUs, 6);
    out->family("gen_ai_client_token_usage", Type::Histogram, "Number of input and output tokens used.");
    writeAll(out, m_tokenUsage, 0);
}
