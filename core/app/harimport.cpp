// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/harimport.h"

#include "app/recordrulesloader.h"
#include "base/ids.h"
#include "live/tracejson.h"
#include "proxy/provider.h"
#include "store/tracestore.h"
#include "trace/recordbuilder.h"
#include "trace/redactor.h"
#include "trace/responsesessions.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

namespace {

constexpr qsizetype maxImportedBody = qsizetype(1) << 30;
constexpr const char* maskedMark = "***"; // of Redactor

QByteArray harText(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString().toUtf8();
}

/// Headers of our own exports are masked already, and stay as they are.
HeaderList harHeaderList(const QJsonObject& side)
{
    HeaderList headers;
    for (const QJsonValue& value : side.value(QLatin1String("headers")).toArray()) {
        const QJsonObject header = value.toObject();
        HeaderList one;
        one.append(harText(header, "name"), harText(header, "value"));
        if (!harText(header, "value").contains(maskedMark))
            one = Redactor::redactHeaders(one);
        for (const Header& field : one)
            headers.append(field.name, field.value);
    }
    return headers;
}

/// 2026-11-24T10:42:36.500000Z: QDateTime knows milliseconds only.
qint64 harMicroseconds(const QString& text)
{
    const qsizetype dot = text.indexOf(u'.');
    qsizetype end = dot + 1;
    while (dot >= 0 && end < text.size() && text.at(end).isDigit())
        ++end;
    const QString fraction
        = dot < 0 ? QString() : text.sliced(dot + 1, end - dot - 1).left(6).leftJustified(6, u'0');
    const QString whole = dot < 0 ? text : text.left(dot) + text.sliced(end);
    return QDateTime::fromString(whole, Qt::ISODate).toMSecsSinceEpoch() * 1000 + fraction.toLongLong();
}

qint64 harDurationUs(const QJsonObject& object, const char* key)
{
    return qRound64(std::max(0.0, object.value(QLatin1String(key)).toDouble()) * 1000);
}

QByteArray harBody(const QJsonObject& content, const char* encodingKey)
{
    const QByteArray text = harText(content, "text");
    return harText(content, encodingKey) == "base64" ? QByteArray::fromBase64(text) : text;
}

/// A HAR has bodies as they are read. A coding that would turn this one into something else is not its own.
HeaderList fittingHeaders(HeaderList headers, const QByteArray& body)
{
    const QByteArray coding = headers.value("content-encoding");
    if (!coding.isEmpty() && ContentDecoder::decodeAll(body, coding, maxImportedBody))
        headers.remove("content-encoding");
    return headers;
}

HeaderList withoutCoding(HeaderList headers)
{
    headers.remove("content-encoding");
    return headers;
}

/// What `_llm` says more than HTTP.
void restoreExtras(TraceRecord* record, const QJsonObject& extras)
{
    const QJsonValue first = extras.value(QLatin1String("firstTokenMs"));
    record->firstTokenUs = first.isDouble() ? qRound64(first.toDouble() * 1000) : -1;
    if (extras.isEmpty())
        return;
    const QByteArray outcome = harText(extras, "outcome");
    for (const CallOutcome known : {CallOutcome::Completed, CallOutcome::ClientCancelled,
             CallOutcome::UpstreamFailed, CallOutcome::TimedOut, CallOutcome::Rejected}) {
        if (outcome == TraceJson::outcomeWord(known))
            record->outcome = known;
    }
    record->errorCode = harText(extras, "error");
    record->errorMessage = harText(extras, "errorMessage");
    record->attribution.sessionId = harText(extras, "session");
    record->attribution.userId = harText(extras, "user");
    record->attribution.traceName = harText(extras, "name");
    record->attribution.tags.clear();
    for (const QJsonValue& tag : extras.value(QLatin1String("tags")).toArray())
        record->attribution.tags.append(tag.toString().toUtf8());
}

CallStart startOfEntry(const QJsonObject& entry, const QJsonObject& request)
{
    const QByteArray url = harText(request, "url");
    const qsizetype path = url.indexOf('/', url.indexOf("://") + 3);
    CallStart start;
    start.startedAtUs = harMicroseconds(entry.value(QLatin1String("startedDateTime")).toString());
    start.requestId = Ids::newUuid();
    start.method = harText(request, "method");
    start.target = Redactor::redactTarget(path < 0 ? QByteArray("/") : url.sliced(path));
    start.upstreamOrigin = url.left(path < 0 ? url.size() : path);
    start.requestHeaders = withoutCoding(harHeaderList(request));
    return start;
}

} // namespace

std::optional<TraceRecord> recordOfHarEntry(
    const QJsonObject& entry, ResponseSessions* sessions, const RecordRules& rules)
{
    const QJsonObject request = entry.value(QLatin1String("request")).toObject();
    const QJsonObject response = entry.value(QLatin1String("response")).toObject();
    const QJsonObject timings = entry.value(QLatin1String("timings")).toObject();
    CaptureSegment call;
    call.start = startOfEntry(entry, request);
    RequestHead head;
    head.method = call.start->method;
    head.target = call.start->target;
    head.headers = call.start->requestHeaders;
    const Provider* provider = providerFor(head);
    if (!provider)
        return std::nullopt;
    call.start->provider = provider->id;
    const QByteArray requestBody = harBody(request.value(QLatin1String("postData")).toObject(), "_encoding");
    if (!requestBody.isEmpty())
        call.requestBody = {requestBody};
    const qint64 wholeUs = harDurationUs(entry, "time");
    const qint64 sentUs = harDurationUs(timings, "send");
    const QByteArray responseBody = harBody(response.value(QLatin1String("content")).toObject(), "encoding");
    const HeaderList responseHeaders = harHeaderList(response);
    const int status = response.value(QLatin1String("status")).toInt();
    if (status > 0) {
        const qint64 headUs = std::min(wholeUs, sentUs + harDurationUs(timings, "wait"));
        call.response = CallResponse{
            status, harText(response, "statusText"), withoutCoding(responseHeaders), headUs * 1000};
        if (!responseBody.isEmpty())
            call.responseBody = {{responseBody, wholeUs * 1000}};
    }
    call.end.emplace();
    call.end->atNs = wholeUs * 1000;
    call.end->requestSentNs = sentUs * 1000;
    const auto size = [](const QJsonObject& side, const QByteArray& body) {
        const qint64 told = side.value(QLatin1String("bodySize")).toInteger(-1);
        return told < 0 ? qint64(body.size()) : told;
    };
    call.end->requestBytes = size(request, requestBody);
    call.end->responseBytes = size(response, responseBody);
    call.end->outcome = status > 0 ? CallOutcome::Completed : CallOutcome::UpstreamFailed;
    RecordBuilder builder(maxImportedBody, sessions, &rules);
    builder.add(call);
    TraceRecord record = builder.finish();
    record.requestHeaders = fittingHeaders(harHeaderList(request), requestBody);
    record.responseHeaders = fittingHeaders(responseHeaders, responseBody);
    record.requestBytes = call.end->requestBytes;
    record.responseBytes = call.end->responseBytes;
    restoreExtras(&record, entry.value(QLatin1String("_llm")).toObject());
    if (const QByteArray id = harText(entry, "comment"); !QUuid::fromString(id).isNull())
        record.id = id;
    return record;
}

Result<qsizetype> importHar(const QByteArray& har, const QString& storePath)
{
    const QJsonDocument document = QJsonDocument::fromJson(har);
    const QJsonValue entries
        = document.object().value(QLatin1String("log")).toObject().value(QLatin1String("entries"));
    if (!entries.isArray())
        return Error{ErrorCode::BadRequest, QStringLiteral("it is no HAR"), {}};
    const Result<RecordRules> rules = loadRecordRules(Config());
    if (!rules)
        return rules.error();
    TraceStore store;
    TraceStore::Options options;
    options.path = storePath;
    options.retention.maxBytes = std::numeric_limits<qint64>::max();
    options.retention.maxAge = std::chrono::hours(24 * 365 * 100); // it is as old as it is
    if (const Result<void> opened = store.open(options); !opened)
        return opened.error();
    ResponseSessions sessions;
    QSet<QByteArray> ids;
    for (const QJsonValue& entry : entries.toArray()) {
        std::optional<TraceRecord> record = recordOfHarEntry(entry.toObject(), &sessions, *rules);
        if (!record)
            continue;
        if (ids.contains(record->id))
            record->id = Ids::newUuid();
        ids.insert(record->id);
        store.append(*record, DeliveryState::Disabled, importedReason);
        if (const Result<void> written = store.flush(); !written)
            return written.error();
    }
    store.close();
    if (ids.isEmpty())
        return Error{ErrorCode::BadRequest, QStringLiteral("there is no call to an LLM provider in it"), {}};
    return ids.size();
}
