// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/recordbuilder.h"

#include "base/ids.h"
#include "trace/bodycredentials.h"
#include "trace/bodytext.h"
#include "trace/boundedconversation.h"
#include "trace/callfailure.h"
#include "trace/livetexts.h"
#include "trace/modalitytags.h"
#include "trace/plaintext.h"
#include "trace/recordredaction.h"
#include "trace/responsesessions.h"
#include "wire/dialects.h"

#include <algorithm>

namespace {

constexpr qint64 maxInflatedBytes = qint64(256) << 20; // of one response; more is a bomb
constexpr qint64 maxInflatedFrontBytes = qint64(64) << 20;
// A request is read from its first 32 MiB, whatever the caller captured. What is larger has no dialect's
// facts.
constexpr qsizetype maxParsedRequestBytes = qsizetype(32) << 20;

qint64 microseconds(qint64 nanoseconds)
{
    return nanoseconds < 0 ? -1 : nanoseconds / 1000;
}

void appendBounded(QByteArray* target, QByteArrayView bytes, qsizetype maximumBytes)
{
    const qsizetype room = std::max<qsizetype>(0, maximumBytes - target->size());
    target->append(bytes.first(std::min(bytes.size(), room)));
}

/// The same; the first piece is shared, as most bodies are one piece.
void appendBounded(QByteArray* target, const QByteArray& bytes, qsizetype maximumBytes)
{
    if (target->isEmpty() && bytes.size() <= maximumBytes)
        *target = bytes;
    else
        appendBounded(target, QByteArrayView(bytes), maximumBytes);
}

bool isEncoded(const HeaderList& headers)
{
    const QByteArray encoding = headers.value("content-encoding").trimmed().toLower();
    return !encoding.isEmpty() && encoding != "identity";
}

/// The readable front of a body whose front is `head`: decoded as far as that goes, cut to the bound.
QByteArray frontText(const HeaderList& headers, const QByteArray& head, qsizetype maximumBytes)
{
    QByteArray decoded;
    auto decoder = ContentDecoder::forEncoding(headers.value("content-encoding"), maxInflatedFrontBytes);
    if (!decoder)
        return {};
    // A cut or damaged body gives what came before.
    (void)(*decoder)->decode(
        head, [&](QByteArrayView bytes) { appendBounded(&decoded, bytes, maximumBytes); });
    if (decoded.size() >= maximumBytes)
        decoded = PlainText::withoutCutCharacter(decoded);
    // Once more, because Latin-1 grows on its way to UTF-8.
    return PlainText::cutAtCharacter(bodyText(headers.value("content-type"), decoded), maximumBytes);
}

} // namespace

RecordBuilder::RecordBuilder(qsizetype maxBodyBytes, ResponseSessions* sessions, const RecordRules* rules)
    : m_maxBodyBytes(maxBodyBytes)
    , m_sessions(sessions)
    , m_rules(rules)
{
    m_record.id = Ids::newUuid();
}

RecordBuilder::~RecordBuilder() = default;

void RecordBuilder::add(const CaptureSegment& segment)
{
    if (segment.start)
        takeStart(*segment.start);
    for (const QByteArray& chunk : segment.requestBody)
        takeRequestBody(chunk);
    if (segment.bodiesDropped && m_form) {
        m_form->noteGap();
        if (isEncoded(m_record.requestHeaders))
            m_formDecoder.reset();
    }
    if (segment.response)
        takeResponse(*segment.response);
    if (segment.bodiesDropped)
        bridgeGap();
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

    const QByteArray boundary = FormReader::boundaryOf(start.requestHeaders.value("content-type"));
    if (boundary.isEmpty())
        return;
    auto decoder = ContentDecoder::forEncoding(
        start.requestHeaders.value("content-encoding"), maxInflatedRequestBytes);
    if (!decoder)
        return;
    m_formDecoder = std::move(*decoder);
    m_form.emplace(boundary, m_maxBodyBytes);
}

void RecordBuilder::takeRequestBody(const QByteArray& bytes)
{
    m_requestBytes += bytes.size();
    const bool isParsedAtEnd = m_dialect && !m_form;
    if (!m_record.bodiesDropped) // what comes behind a gap does not belong to what was before it
        appendBounded(&m_requestBody, bytes, isParsedAtEnd ? maxParsedRequestBytes : m_maxBodyBytes);
    // Damage or a bomb ends the form there; what came before stays.
    if (m_formDecoder && !m_formDecoder->decode(bytes, [this](QByteArrayView form) { m_form->feed(form); }))
        m_formDecoder.reset();
}

/// Cut to the bound, less what there was of a character.
bool RecordBuilder::isAtBound(const QByteArray& text) const
{
    return text.size() + 3 >= m_maxBodyBytes;
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

bool RecordBuilder::isSse() const
{
    return mediaTypeOf(m_record.responseHeaders.value("content-type")) == "text/event-stream";
}

void RecordBuilder::takeResponse(const CallResponse& response)
{
    m_record.status = response.status;
    m_record.responseHeaders = response.headers;
    m_record.responseHeadUs = microseconds(response.atNs);
    m_reason = response.reason;
    m_lastSeenNs = std::max(m_lastSeenNs, response.atNs);
    // As announced, until the body is seen. Gemini streams a plain JSON array when it is not asked for
    // alt=sse.
    m_record.isStream
        = isSse() || (response.status < 300 && m_record.path().endsWith(":streamGenerateContent"));
    if (isEncoded(response.headers))
        m_responseWatch.emplace(m_credentials);
    if (!m_dialect)
        return;
    m_reader = m_dialect->makeResponseReader(dialectContext());
    auto decoder = ContentDecoder::forEncoding(response.headers.value("content-encoding"), maxInflatedBytes);
    if (decoder)
        m_decoder = std::move(*decoder);
    m_isReaderBlind = !decoder;
}

void RecordBuilder::takeResponseBody(const TimedChunk& chunk)
{
    m_lastSeenNs = std::max(m_lastSeenNs, chunk.atNs);
    m_responseBytes += chunk.bytes.size();
    m_arrivals.add(microseconds(chunk.atNs), chunk.bytes.size());
    appendBounded(&m_record.responseBody, chunk.bytes, m_maxBodyBytes);
    if (!m_decoder)
        return;
    const Result<void> decoded = m_decoder->decode(chunk.bytes, [&](QByteArrayView bytes) {
        m_reader->feed(bytes, chunk.atNs);
        if (m_responseWatch)
            m_responseWatch->feed(bytes);
    });
    if (!decoded) {
        m_isReaderBlind = true;
        m_decoder.reset();
    }
}

/// Bytes of the bodies are missing here. An event stream can be read on from the next event, and so keeps the
/// usage at its end; a document's reader looks for the usage in what is left; compressed bytes are lost.
void RecordBuilder::bridgeGap()
{
    m_record.bodiesDropped = true;
    if (m_record.status == 0)
        return; // of the request only
    m_isReaderBlind = true;
    if (isEncoded(m_record.responseHeaders))
        m_decoder.reset();
    else if (m_reader && m_reader->response().isStream.value_or(isSse()))
        m_reader->feed("\n\n", m_lastSeenNs);
}

TraceRecord RecordBuilder::finish()
{
    takeEnd();
    readRequest();
    readResponse();
    addModalityTags();
    maskCredentials(&m_record, m_credentials);
    if (m_sessions && m_isContinuable)
        m_sessions->remember(m_record.responseId, m_record.attribution.sessionId);
    if (m_rules)
        applyRules(&m_record, *m_rules);
    return std::move(m_record);
}

void RecordBuilder::takeEnd()
{
    m_record.outcome = m_end ? m_end->outcome : CallOutcome::ClientCancelled;
    m_record.durationUs = microseconds(m_end ? m_end->atNs : m_lastSeenNs);
    m_record.arrivals = m_arrivals.encode();
    m_record.requestSentUs = m_end ? microseconds(m_end->requestSentNs) : -1;
    m_record.requestBytes = m_end ? m_end->requestBytes : m_requestBytes;
    m_record.responseBytes = m_end ? m_end->responseBytes : m_responseBytes;
}

void RecordBuilder::readRequest()
{
    const HeaderList& headers = m_record.requestHeaders;
    const Result<QByteArray> plain = ContentDecoder::decodeAll(
        m_requestBody, headers.value("content-encoding"), maxInflatedRequestBytes);
    Result<QByteArray> decoded = m_form ? Result<QByteArray>(formDocument()) : plain;
    m_record.isTruncated = std::min(m_requestBody.size(), m_maxBodyBytes) < m_record.requestBytes
        || (m_form && m_form->omittedBytes() > 0);
    if (decoded && BodyCredentials::mask(&*decoded, &m_credentials)) {
        m_requestBody = m_form || isEncoded(headers) ? QByteArray() : *decoded;
        if (m_responseWatch) // it did not know them
            m_record.responseBody.clear();
    }
    if (decoded && m_rules && redactRequestPaths(&*decoded, m_rules->redaction, &m_record))
        m_requestBody = m_form || isEncoded(headers) ? QByteArray() : *decoded;
    ParsedRequest parsed;
    if (m_early && m_early->bodyBytes == m_requestBody.size())
        parsed = std::move(m_early->request);
    else if (decoded && m_dialect)
        parsed = m_dialect->readRequest(*decoded, dialectContext());
    if (!parsed.isValid)
        m_record.requestText = m_form ? PlainText::cutWithMark(*decoded, m_maxBodyBytes)
                                      : frontText(headers, m_requestBody, m_maxBodyBytes);
    m_record.isTruncated = m_record.isTruncated || isAtBound(m_record.requestText);
    m_record.requestBody = m_requestBody.left(m_maxBodyBytes);
    if (isEncoded(headers)) {
        CredentialWatch watch(m_credentials);
        watch.feed(plain ? QByteArrayView(*plain) : QByteArrayView(m_record.requestText));
        if (watch.hasFound()) {
            m_record.requestBody.clear();
            m_record.isTruncated = true;
        }
    }
    m_requestBody.clear();
    m_record.requestModel = parsed.model;
    keepParameters(parsed.parameters);
    m_record.input = std::move(parsed.input);
    m_record.isTruncated = boundConversation(&m_record.input, m_maxBodyBytes) || m_record.isTruncated;
    if (parsed.verbatimInput.size() <= m_maxBodyBytes)
        m_record.verbatimInput = parsed.verbatimInput;
    else
        m_record.isTruncated = true;
    m_record.previousResponseId = parsed.previousResponseId;
    m_record.attribution = attribution(parsed);
}

/// The fields of the form as JSON, the shape that the dialects read.
QByteArray RecordBuilder::formDocument()
{
    m_form->finish();
    return m_form->json();
}

/// A response_format can carry a schema of any size; what goes beyond the bound is left out whole.
void RecordBuilder::keepParameters(const QList<ModelParameter>& parameters)
{
    qsizetype remaining = m_maxBodyBytes;
    for (const ModelParameter& parameter : parameters) {
        if (parameter.json.size() > remaining) {
            m_record.isTruncated = true;
            continue;
        }
        remaining -= parameter.json.size();
        m_record.parameters.append(parameter);
    }
}

void RecordBuilder::readResponse()
{
    ParsedResponse parsed;
    if (m_reader) {
        m_reader->finish();
        parsed = m_reader->response();
    }
    m_record.responseModel = parsed.model;
    m_record.responseId = parsed.id;
    m_isContinuable = parsed.isContinuable;
    m_record.output = parsed.output;
    m_record.usage = parsed.usage;
    m_record.serviceTier = parsed.serviceTier;
    m_record.isStream = parsed.isStream.value_or(m_record.isStream);
    m_record.firstTokenUs = m_record.isStream ? microseconds(parsed.firstTokenNs) : -1;
    m_record.isTruncated = m_record.isTruncated || parsed.omittedBytes > 0;
    if (parsed.omittedBytes > 0 && m_rules && !m_rules->redaction.isEmpty())
        dropCutEnds(&m_record.output);
    // Also when the reader could make nothing of it: the HTML page of a gateway in between.
    if (!m_reader || (parsed.output.isEmpty() && !parsed.error))
        m_record.responseText = frontText(m_record.responseHeaders, m_record.responseBody, m_maxBodyBytes);
    m_record.isTruncated = m_record.isTruncated || isAtBound(m_record.responseText)
        || m_record.responseBody.size() < m_record.responseBytes;
    if (m_responseWatch) {
        m_responseWatch->feed(m_record.responseText);
        if (m_responseWatch->hasFound()) {
            m_record.responseBody.clear();
            m_record.isTruncated = true;
        }
    }
    const CallFailure failure = failureOf({m_end, m_record.status, m_reason, m_record.responseText,
        m_reader ? &parsed : nullptr, m_record.isStream, !m_isReaderBlind});
    m_record.errorCode = failure.code;
    m_record.errorMessage = failure.message;
}

void RecordBuilder::addModalityTags()
{
    const QList<QByteArray> tags = modalityTags(m_record.path(), m_record.input, m_record.output);
    for (const QByteArray& tag : tags) {
        if (!m_record.attribution.tags.contains(tag))
            m_record.attribution.tags.append(tag);
    }
}
