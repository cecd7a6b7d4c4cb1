// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfuserules.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <zlib.h>

namespace FakeLangfuseRules {

namespace {

// Nothing for bad data, as in the real server.
std::optional<QByteArray> gunzip(const QByteArray& bytes)
{
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    QByteArray out;
    int result = Z_OK;
    while (result == Z_OK) {
        char block[64 * 1024];
        stream.next_out = reinterpret_cast<Bytef*>(block);
        stream.avail_out = sizeof block;
        result = inflate(&stream, Z_NO_FLUSH);
        out.append(block, static_cast<qsizetype>(sizeof block - stream.avail_out));
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END)
        return {};
    return out;
}

Verdict refused(int status, const QByteArray& body)
{
    return {.answer = {.status = status, .body = body}};
}

Answer unauthorized()
{
    return {.status = 401,
        .body = message("Invalid credentials. Confirm that you've configured the correct host.")};
}

bool isIsoTime(const QJsonValue& value)
{
    static const QRegularExpression form(
        QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"));
    return form.match(value.toString()).hasMatch();
}

bool isId(const QJsonValue& value)
{
    const QString text = value.toString();
    return !text.isEmpty() && text.size() <= 800 && !text.contains(u'\r');
}

bool isAbsentOrString(const QJsonObject& object, std::initializer_list<QLatin1String> names)
{
    for (const QLatin1String name : names) {
        const QJsonValue value = object[name];
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            return false;
    }
    return true;
}

QByteArray traceFault(const QJsonObject& body)
{
    if (!isAbsentOrString(body,
            {QLatin1String("id"), QLatin1String("name"), QLatin1String("sessionId"), QLatin1String("userId"),
                QLatin1String("release"), QLatin1String("version"), QLatin1String("environment")}))
        return "expected string";
    if (body[QLatin1String("name")].toString().size() > 1000)
        return "name: at most 1000 characters";
    for (const QJsonValue tag : body[QLatin1String("tags")].toArray()) {
        if (!tag.isString())
            return "tags: expected string";
    }
    return {};
}

bool isScalarParameter(const QJsonValue& value)
{
    if (value.isObject())
        return false;
    for (const QJsonValue item : value.toArray()) {
        if (!item.isString())
            return false;
    }
    return true;
}

QByteArray observationFault(const QJsonObject& body, bool isGeneration)
{
    if (!isId(body[QLatin1String("id")]))
        return "id: required";
    if (!isAbsentOrString(body,
            {QLatin1String("traceId"), QLatin1String("name"), QLatin1String("model"),
                QLatin1String("statusMessage"), QLatin1String("parentObservationId"),
                QLatin1String("version")}))
        return "expected string";
    for (const char* name : {"startTime", "endTime", "completionStartTime"}) {
        const QJsonValue time = body[QLatin1String(name)];
        if (!time.isUndefined() && !isIsoTime(time))
            return QByteArray(name) + ": invalid ISO datetime";
    }
    static const QStringList levels{QStringLiteral("DEBUG"), QStringLiteral("DEFAULT"),
        QStringLiteral("WARNING"), QStringLiteral("ERROR")};
    const QJsonValue level = body[QLatin1String("level")];
    if (!level.isUndefined() && !levels.contains(level.toString()))
        return "level: invalid option";
    if (!isGeneration)
        return {};
    const QJsonObject parameters = body[QLatin1String("modelParameters")].toObject();
    for (const QJsonValue value : parameters) {
        if (!isScalarParameter(value))
            return "modelParameters: invalid input";
    }
    if (body.contains(QLatin1String("promptName")) != body.contains(QLatin1String("promptVersion")))
        return "promptName and promptVersion: both or neither";
    return {};
}

QByteArray eventFault(const FakeLangfuseState& state, const QJsonObject& event)
{
    if (!isId(event[QLatin1String("id")]))
        return "id: required";
    if (!isIsoTime(event[QLatin1String("timestamp")]))
        return "timestamp: invalid ISO datetime";
    const QString type = event[QLatin1String("type")].toString();
    const QJsonObject body = event[QLatin1String("body")].toObject();
    static const QStringList laterTypes{QStringLiteral("agent-create"), QStringLiteral("tool-create"),
        QStringLiteral("chain-create"), QStringLiteral("embedding-create")};
    if (type == QLatin1String("trace-create"))
        return traceFault(body);
    if (type == QLatin1String("span-create") || type == QLatin1String("event-create"))
        return observationFault(body, false);
    if (type == QLatin1String("generation-create") || (laterTypes.contains(type) && state.isAtLeast(3, 98)))
        return observationFault(body, true);
    return "type: invalid discriminator value";
}

} // namespace

QByteArray message(const QByteArray& text)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("message"), QString::fromUtf8(text)}})
        .toJson(QJsonDocument::Compact);
}

// In the order of the real route (langfuse.md 1a).
Verdict traces(const FakeLangfuseState& state, const LangfuseRequest& request, const QByteArray& body)
{
    if (!state.hasOtlp())
        return refused(404, message("Not Found"));
    if (const qsizetype limit = state.maxBodyBytes(); limit > 0 && body.size() > limit)
        return {
            .answer = {.status = 413, .headers = {{"Content-Type", "text/html"}}, .body = "<h1>413</h1>"}};
    if (request.headers.value("Authorization") != state.authorization())
        return {.answer = unauthorized()};
    bool isNumber = true;
    const QByteArray version = request.headers.value("x-langfuse-ingestion-version");
    if (!version.isEmpty() && (version.toDouble(&isNumber) > 4 || !isNumber))
        return refused(400, message("Invalid x-langfuse-ingestion-version"));
    if (!request.headers.value("Content-Type").contains("application/x-protobuf"))
        return refused(400, R"({"error":"Invalid content type"})");
    std::optional<QByteArray> protobuf = body;
    if (request.headers.value("Content-Encoding").contains("gzip"))
        protobuf = gunzip(body);
    if (!protobuf)
        return refused(400, message("Failed to decompress gzip"));
    const auto decoded = decodeOtlpRequest(*protobuf);
    if (!decoded)
        return refused(400, message(decoded.error().message.toUtf8()));
    Verdict verdict{.answer = {.body = R"({"message":"OK"})"}, .spans = *decoded};
    for (const LangfuseSpan& span : *decoded) {
        if (state.isRefused(span))
            verdict.answer = {.status = 400, .body = message("span " + span.spanId + " is not acceptable")};
    }
    return verdict;
}

// langfuse.md 1b and 2.
Verdict ingestion(const FakeLangfuseState& state, const LangfuseRequest& request, const QByteArray& body)
{
    constexpr qsizetype maxBytes = 4'718'592; // 4.5mb
    const qsizetype limit = state.maxBodyBytes() > 0 ? state.maxBodyBytes() : maxBytes;
    if (body.size() > limit)
        return {.answer = {.status = 413,
                    .headers = {{"Content-Type", "text/plain"}},
                    .body = "Body exceeded 4.5mb limit"}};
    if (request.headers.value("Authorization") != state.authorization())
        return {.answer = unauthorized()};
    const QJsonDocument document = QJsonDocument::fromJson(body); // compressed bytes are no JSON
    if (!document.isObject() || !request.headers.value("Content-Type").contains("application/json"))
        return refused(400, "Invalid JSON");
    if (!document[QLatin1String("batch")].isArray())
        return refused(400, R"({"message":"Invalid request data","errors":["batch: Required"]})");
    Verdict verdict;
    QJsonArray successes;
    QJsonArray errors;
    for (const QJsonValue value : document[QLatin1String("batch")].toArray()) {
        const QJsonObject object = value.toObject();
        const LangfuseEvent event{object[QLatin1String("id")].toString().toUtf8(),
            object[QLatin1String("type")].toString().toUtf8(), object[QLatin1String("body")].toObject()};
        QByteArray fault = eventFault(state, object);
        if (state.isEventsOnly())
            fault = "Event type not accepted";
        const int status = fault.isEmpty() ? state.statusOf(event) : 400;
        const QJsonValue id = object[QLatin1String("id")];
        if (status == 201) {
            successes.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("status"), 201}});
            if (!event.body[QLatin1String("id")].toString().isEmpty()) // else it is dropped in silence
                verdict.events.append(event);
            continue;
        }
        if (fault.isEmpty())
            fault = status == 400 ? "refused by the test" : "Internal Server Error";
        errors.append(QJsonObject{{QStringLiteral("id"), id.isString() ? id : QStringLiteral("unknown")},
            {QStringLiteral("status"), status}, {QStringLiteral("message"), QString::fromUtf8(fault)},
            {QStringLiteral("error"), QStringLiteral("details")}});
    }
    verdict.answer = {.status = 207,
        .body = QJsonDocument(
            QJsonObject{{QStringLiteral("successes"), successes}, {QStringLiteral("errors"), errors}})
                    .toJson(QJsonDocument::Compact)};
    return verdict;
}

} // namespace FakeLangfuseRules
