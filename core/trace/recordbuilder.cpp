// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordbuilder.h"

#include "base/ids.h"
#include "trace/attribution.h"
#include "trace/bodytext.h"
#include "trace/boundedconversation.h"
#include "trace/modalitytags.h"
#include "trace/plaintext.h"
#include "trace/redactor.h"
#include "wire/dialects.h"

namespace {

constexpr qint64 maxInflatedBytes = qint64(256) << 20; // of one body; more is a bomb
constexpr qint64 maxInflatedRequestBytes = qint64(64) << 20;

qint64 microseconds(qint64 nanoseconds)
{
    return nanoseconds < 0 ? -1 : nanoseconds / 1000;
}

void appendBounded(QByteArray* target, QByteArrayView bytes, qsizetype maximumBytes)
{
    const qsizetype room = qMax<qsizetype>(0, maximumBytes - target->size());
    target->append(bytes.first(qMin(bytes.size(), room)));
}

} // namespace

RecordBuilder::RecordBuilder(qsizetype maxBodyBytes)
    : m_maxBodyBytes(maxBodyBytes)
{
    m_record.id = Ids::newUuid();
}

RecordBuilder::~RecordBuilder() = default;

void RecordBuilder::add(const CaptureSegment& segment)
{
    m_record.bodiesDropped = m_record.bodiesDropped || segment.bodiesDropped;
    if (segment.start)
        takeStart(*segment.start);
    for (const QByteArray& chunk : segment.requestBody) {
        if (m_dialect || m_requestBody.size() < m_maxBodyBytes)
            m_requestBody.append(chunk);
    }
    if (segment.response)
        takeResponse(*segment.response);
    for (const TimedChunk& chunk : segment.responseBody)
        takeResponseBody(chunk);
    if (segment.end)
        m_end = segment.end;
}

void RecordBuilder::takeStart(const CallStart& start)
{
    m_record.startedAtUs = start.startedAtUs;
    m_record.requestId = start.requestId;
    m_record.provider = start.provider;
    m_record.method = start.method;
    m_record.target = start.target;
    m_record.upstreamOrigin = start.upstreamOrigin;
    m_record.requestHeaders = start.requestHeaders;
    m_credentials = start.credentials;
    m_dialect = findDialect(start.provider, start.method, m_record.path());
    if (m_dialect)
        m_record.dialect = m_dialect->name();
}

DialectContext RecordBuilder::dialectContext() const
{
    DialectContext context;
    context.path = m_record.path();
    context.responseContentType = mediaTypeOf(m_record.responseHeaders.value("content-type"));
    context.status = m_record.status;
    context.maxTextBytes = m_maxBodyBytes;
    return context;
}

void RecordBuilder::takeResponse(const CallResponse& response)
{
    m_record.status = response.status;
    m_record.responseHeaders = response.headers;
    m_record.responseHeadUs = microseconds(response.atNs);
    const DialectContext context = dialectContext();
    m_record.isStream = context.responseContentType == "text/event-stream"
        || (response.status < 300 && context.path.endsWith(":streamGenerateContent"));
    if (m_dialect)
        m_reader = m_dialect->makeResponseReader(context);
    Result<std::unique_ptr<ContentDecoder>> decoder
        = ContentDecoder::forEncoding(response.headers.value("content-encoding"), maxInflatedBytes);
    m_isDecoderBroken = !decoder;
    if (decoder)
        m_decoder = std::move(*decoder);
}

void RecordBuilder::takeResponseBody(const TimedChunk& chunk)
{
    appendBounded(&m_record.responseBody, chunk.bytes, m_maxBodyBytes);
    if (m_isDecoderBroken || !m_decoder)
        return;
    const Result<void> decoded = m_decoder->decode(chunk.bytes, [&](QByteArrayView bytes) {
        if (m_reader)
            m_reader->feed(bytes, chunk.atNs);
        else
            appendBounded(&m_responseText, bytes, m_maxBodyBytes);
    });
    m_isDecoderBroken = !decoded;
}

TraceRecord RecordBuilder::finish()
{
    if (!m_end) {
        m_end.emplace();
        m_end->outcome = CallOutcome::ClientCancelled;
    }
    m_record.outcome = m_end->outcome;
    m_record.durationUs = microseconds(m_end->atNs);
    m_record.requestSentUs = microseconds(m_end->requestSentNs);
    m_record.requestBytes = m_end->requestBytes;
    m_record.responseBytes = m_end->responseBytes;
    readRequest();
    readResponse();
    m_record.isTruncated = m_record.isTruncated || m_record.requestBody.size() < m_record.requestBytes
        || m_record.responseBody.size() < m_record.responseBytes;
    maskCredentials();
    return std::move(m_record);
}

void RecordBuilder::readRequest()
{
    const HeaderList& headers = m_record.requestHeaders;
    const Result<QByteArray> decoded = ContentDecoder::decodeAll(
        m_requestBody, headers.value("content-encoding"), maxInflatedRequestBytes);
    ParsedRequest parsed;
    if (decoded && m_dialect)
        parsed = m_dialect->readRequest(*decoded, dialectContext());
    if (decoded && !parsed.isValid)
        m_record.requestText
            = PlainText::cutWithMark(bodyText(headers.value("content-type"), *decoded), m_maxBodyBytes);
    m_record.requestBody = m_requestBody.left(m_maxBodyBytes);
    m_record.requestModel = parsed.model;
    m_record.parameters = parsed.parameters;
    m_record.input = std::move(parsed.input);
    m_record.isTruncated = boundConversation(&m_record.input, m_maxBodyBytes);
    if (parsed.verbatimInput.size() <= m_maxBodyBytes)
        m_record.verbatimInput = parsed.verbatimInput;
    m_record.attribution = attributionOf({headers, m_record.requestId, m_record.id, parsed.user});
}

void RecordBuilder::readResponse()
{
    ParsedResponse parsed;
    if (m_reader) {
        m_reader->finish();
        parsed = m_reader->response();
    }
    m_record.responseModel = parsed.model;
    m_record.output = parsed.output;
    m_record.usage = parsed.usage;
    m_record.serviceTier = parsed.serviceTier;
    m_record.firstTokenUs = m_record.isStream ? microseconds(parsed.firstTokenNs) : -1;
    m_record.isTruncated = m_record.isTruncated || parsed.omittedBytes > 0;
    if (!m_reader)
        m_record.responseText = bodyText(m_record.responseHeaders.value("content-type"), m_responseText);
    for (const QByteArray& tag : modalityTags(m_record.path(), m_record.input, m_record.output)) {
        if (!m_record.attribution.tags.contains(tag))
            m_record.attribution.tags.append(tag);
    }
    judge(parsed);
}

void RecordBuilder::judge(const ParsedResponse& parsed)
{
    const QByteArray message = m_end->error.message.toUtf8();
    switch (m_end->outcome) {
    case CallOutcome::TimedOut:
        setError("timeout", message);
        return;
    case CallOutcome::UpstreamFailed:
        setError(m_end->error.code == ErrorCode::TlsFailed ? "tls_error" : "connection_error", message);
        return;
    case CallOutcome::Rejected:
        setError(m_end->error.subject.toUtf8(), message);
        return;
    case CallOutcome::ClientCancelled:
    case CallOutcome::Completed:
        break;
    }
    if (parsed.error) {
        setError(
            parsed.error->type.isEmpty() ? parsed.error->code : parsed.error->type, parsed.error->message);
    } else if (m_record.status >= 400) {
        setError("http_" + QByteArray::number(m_record.status), m_record.responseText.left(500));
    } else if (m_reader && m_record.isStream && m_end->outcome == CallOutcome::Completed && !parsed.isComplete
        && !m_record.bodiesDropped && !m_isDecoderBroken) {
        setError("incomplete", "The stream ended without its final event");
    }
}

void RecordBuilder::setError(const QByteArray& code, const QByteArray& message)
{
    m_record.errorCode = code.isEmpty() ? QByteArray("error") : code;
    m_record.errorMessage = message;
}

void RecordBuilder::maskCredentials()
{
    for (QByteArray* text : {&m_record.errorMessage, &m_record.requestBody, &m_record.responseBody,
             &m_record.requestText, &m_record.responseText})
        *text = Redactor::redactText(*text, m_credentials);
}
