// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samplewire.h"

#include "base/ids.h"
#include "trace/recordbuilder.h"

#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr qsizetype wordsInDelta = 3;

QByteArray serverEvent(const QByteArray& type, QJsonObject data)
{
    data.insert("type", QString::fromLatin1(type));
    return "event: " + type + "\ndata: " + compactJson(data) + "\n\n";
}

QByteArray origin(const QByteArray& provider)
{
    return provider == "anthropic" ? "https://api.anthropic.com:443"
        : provider == "openai"     ? "https://api.openai.com:443"
                                   : "https://generativelanguage.googleapis.com:443";
}

HeaderList requestHeaders(const WireCall& call)
{
    HeaderList headers{{"Host", "127.0.0.1:8080"}, {"Content-Type", "application/json"},
        {"User-Agent", call.provider == "anthropic" ? "claude-cli/2.1" : "OpenAI/Python 2.8"},
        {"X-Session-Id", call.session}};
    if (call.provider == "anthropic") {
        headers.append("x-api-key", "***9f2a");
        headers.append("anthropic-version", "2023-06-01");
    } else {
        headers.append(call.provider == "gemini" ? "x-goog-api-key" : "Authorization",
            call.provider == "gemini" ? "***77c1" : "Bearer ***41d0");
    }
    return headers;
}

} // namespace

QByteArray compactJson(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QList<QByteArray> anthropicEvents(
    const QString& model, const QJsonArray& content, const AgentUsage& usage, const QString& stop)
{
    QList<QByteArray> events{serverEvent("message_start",
        {{"message",
            QJsonObject{{"id", "msg_sample"}, {"type", "message"}, {"role", "assistant"}, {"model", model},
                {"content", QJsonArray()},
                {"usage",
                    QJsonObject{{"input_tokens", usage.input}, {"cache_read_input_tokens", usage.cacheRead},
                        {"cache_creation_input_tokens", usage.cacheWrite}, {"output_tokens", 1}}}}}})};
    for (int index = 0; index < content.size(); ++index) {
        const QJsonObject block = content.at(index).toObject();
        const QString kind = block.value("type").toString();
        QJsonObject opened = block;
        QString text;
        QString deltaType;
        QString member;
        if (kind == QLatin1String("tool_use")) {
            opened.insert("input", QJsonObject());
            text = QString::fromUtf8(compactJson(block.value("input").toObject()));
            deltaType = QStringLiteral("input_json_delta");
            member = QStringLiteral("partial_json");
        } else {
            text = block.value(kind).toString();
            opened.insert(kind, QString());
            deltaType = kind + QStringLiteral("_delta");
            member = kind;
        }
        events.append(serverEvent("content_block_start", {{"index", index}, {"content_block", opened}}));
        const QStringList words = text.split(u' ');
        for (qsizetype at = 0; at < words.size(); at += wordsInDelta) {
            QString piece = words.mid(at, wordsInDelta).join(u' ');
            if (at + wordsInDelta < words.size())
                piece += u' ';
            events.append(serverEvent("content_block_delta",
                {{"index", index}, {"delta", QJsonObject{{"type", deltaType}, {member, piece}}}}));
        }
        events.append(serverEvent("content_block_stop", {{"index", index}}));
    }
    events.append(serverEvent("message_delta",
        {{"delta", QJsonObject{{"stop_reason", stop}}},
            {"usage", QJsonObject{{"output_tokens", usage.output}}}}));
    events.append(serverEvent("message_stop", {}));
    return events;
}

TraceRecord recordOf(const WireCall& call, qint64 baseUs, const RecordRules& rules)
{
    CaptureSegment segment;
    segment.call = 1;
    CallStart start;
    start.startedAtUs = baseUs + call.startUs;
    start.requestId = Ids::newUuid();
    start.provider = call.provider;
    start.method = "POST";
    start.target = call.target;
    start.upstreamOrigin = origin(call.provider);
    start.requestHeaders = requestHeaders(call);
    segment.start = start;
    segment.requestBody = {compactJson(call.request)};
    CallEnd end;
    end.outcome = call.outcome;
    end.atNs = call.durationUs * 1000;
    end.requestSentNs = 14'000'000;
    end.requestBytes = segment.requestBody.first().size();
    end.addedToRequestNs = 61'000;
    end.addedToResponseNs = 38'000;
    segment.response = CallResponse{call.status, call.status == 200 ? "OK" : "Error",
        HeaderList{{"Content-Type", call.isStream ? "text/event-stream" : "application/json"},
            {"request-id", "req_011CSample"}},
        std::max<qint64>(20'000, call.firstUs * 1000 - 90'000'000)};
    const qint64 step = (call.durationUs - call.firstUs) * 1000 / std::max<qsizetype>(1, call.pieces.size());
    for (qsizetype i = 0; i < call.pieces.size(); ++i) {
        segment.responseBody.append({call.pieces.at(i), call.firstUs * 1000 + step * i});
        end.responseBytes += call.pieces.at(i).size();
    }
    segment.end = end;
    RecordBuilder builder(1 << 20, nullptr, &rules);
    builder.add(segment);
    return builder.finish();
}
