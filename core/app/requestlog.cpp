// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/requestlog.h"

#include "live/answeredstatus.h"
#include "trace/picodollars.h"

namespace {

QByteArray inMilliseconds(qint64 microseconds)
{
    return QByteArray::number(double(microseconds) / 1000, 'f', 1);
}

qint64 sum(std::initializer_list<std::optional<qint64>> numbers)
{
    qint64 total = 0;
    for (const std::optional<qint64>& number : numbers)
        total += number.value_or(0);
    return total;
}

void appendUsage(QList<Logging::Field>* fields, const Usage& usage)
{
    const qint64 input = sum({usage.input, usage.inputCached, usage.cacheWrite, usage.cacheWrite5m,
        usage.cacheWrite1h, usage.inputAudio, usage.inputImage});
    const qint64 output = sum({usage.output, usage.outputReasoning, usage.outputAudio, usage.outputImage});
    fields->append({"input_tokens", QByteArray::number(input), true});
    fields->append({"output_tokens", QByteArray::number(output), true});
}

Logging::Level levelOf(const TraceRecord& record)
{
    if (record.outcome == CallOutcome::UpstreamFailed || record.outcome == CallOutcome::TimedOut)
        return Logging::Level::Error;
    return record.isError() ? Logging::Level::Warn : Logging::Level::Info;
}

} // namespace

RequestLogLine requestLogLine(const TraceRecord& record)
{
    QList<Logging::Field> fields;
    fields.reserve(10);
    if (const int status = answeredStatus(record); status > 0)
        fields.append({"status", QByteArray::number(status), true});
    if (!record.model().isEmpty())
        fields.append({"model", record.model()});
    if (record.usage && (record.usage->input || record.usage->output || record.usage->total))
        appendUsage(&fields, *record.usage);
    if (record.cost)
        fields.append({"cost_usd", Picodollars::toDollars(record.cost->picodollars), true});
    if (record.responseHeadUs >= 0)
        fields.append({"ttfb_ms", inMilliseconds(record.responseHeadUs), true});
    fields.append({"duration_ms", inMilliseconds(record.durationUs), true});
    if (record.outcome == CallOutcome::ClientCancelled)
        fields.append(Logging::Field{"outcome", "cancelled"});
    if (record.withheldTexts > 0)
        fields.append({"withheld_texts", QByteArray::number(record.withheldTexts), true});
    if (!record.errorCode.isEmpty())
        fields.append({"error", record.errorCode + ": " + record.errorMessage});
    fields.append({"request_id", record.requestId});
    // What was no HTTP request at all has neither.
    const QByteArray request = record.method + ' ' + record.path();
    return {levelOf(record), record.method.isEmpty() ? QByteArray("no request") : request, fields};
}

void logRequest(const TraceRecord& record)
{
    const RequestLogLine line = requestLogLine(record);
    Logging::write(line.level, "request", line.message, line.fields);
}
