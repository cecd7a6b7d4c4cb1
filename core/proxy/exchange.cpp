// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/exchange.h"

#include "base/bytepipe.h"
#include "http/clientcall.h"
#include "proxy/authgate.h"
#include "proxy/errorbody.h"
#include "proxy/forwardingrules.h"
#include "trace/redactor.h"
#include "trace/telemetryqueue.h"
#include "upstream/upstreamaccessmanager.h"
#include "upstream/upstreamreply.h"
#include "wire/dialects.h"
#include "wire/openaipath.h"
#include "wire/jsonsplice.h"

namespace {

constexpr qint64 clientHighWater = 256 * 1024; // unsent bytes towards a slow client before reading stops
constexpr qint64 uploadHighWater
    = 256 * 1024; // bytes waiting for the upstream before reading the client stops
constexpr qint64 uploadLowWater = 64 * 1024;
constexpr qint64 replyBufferBytes = 64 * 1024;
constexpr qint64 parsedRequestBytes = qint64(32)
    << 20; // what the telemetry side looks at, whatever it stores

/// Whether the usage option is put into a request of that path: only of OpenAI's own API, not of Gemini's
/// copy of it. Azure refuses it in its older API versions.
bool mayAskForUsage(const Provider& provider, const Dialect* dialect, QByteArrayView path)
{
    return provider.id == "openai" && dialect && dialect->name() == "openai.chat"
        && azureDeployment(path).isEmpty();
}

bool isEventStream(const ResponseHead& head)
{
    return head.headers.value("content-type").toLower().startsWith("text/event-stream");
}

qint64 contentLengthOf(const ResponseHead& head)
{
    return HttpSyntax::parseDecimal(head.headers.value("content-length")).value_or(-1);
}

} // namespace

Exchange::Exchange(
    const ExchangeContext& context, const Provider* provider, ClientCall* call, QObject* parent)
    : QObject(parent)
    , m_context(context)
    , m_provider(provider)
    , m_call(call)
    , m_requestId(ForwardingRules::requestIdOf(call->head()))
{
}

Exchange::~Exchange()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void Exchange::start()
{
    RequestHead head = m_call->head();
    const Config& config = *m_context.config;
    const Dialect* dialect = m_provider ? findDialect(m_provider->id, head.method, head.path()) : nullptr;

    // Without a dialect only the head of the answer is kept; with one, its reader must see every byte.
    const qint64 responseBytes = dialect ? std::numeric_limits<qint64>::max() : config.telemetryMaxBodyBytes;
    m_capture.emplace(m_context.telemetry, m_context.clock,
        CallCapture::Limits{parsedRequestBytes, responseBytes},
        CallStart{.startedAtUs = 0,
            .requestId = m_requestId,
            .provider = m_provider ? m_provider->id : QByteArray(),
            .method = head.method,
            .target = Redactor::redactTarget(head.target),
            .upstreamOrigin
            = m_provider ? ForwardingRules::originOf(config.*(m_provider->baseUrl)) : QByteArray(),
            .requestHeaders = Redactor::redactHeaders(head.headers),
            .credentials = callCredentials(head, config, m_provider)});
    noteProgress();

    connect(m_call, &ClientCall::clientLeft, this, &Exchange::cancel);
    connect(m_call, &ClientCall::headSent, this, [this] { m_capture->noteHeadSent(); });
    if (!m_provider) {
        refuse(404, Redactor::redactTarget(head.path()) + " not found", "invalid_request_error", "not_found");
        return;
    }
    if (!passAuthGate(&head, *m_provider, config.proxyApiKey)) {
        refuse(401, "Invalid proxy API key", "auth_error", "invalid_api_key");
        return;
    }
    m_isCollecting = mayAskForUsage(*m_provider, dialect, head.path()) && head.method == "POST"
        && head.framing.kind != HttpSyntax::Framing::Kind::None && !head.headers.contains("content-encoding");
    m_upstreamHead = ForwardingRules::upstreamRequest(std::move(head), *m_provider, config, m_requestId);

    m_body = std::make_unique<BytePipe>();
    connect(m_call, &ClientCall::bodyArrived, this, &Exchange::takeBody);
    connect(m_call, &ClientCall::bodyCompleted, this, &Exchange::completeBody);
    connect(m_call, &ClientCall::bodyFailed, this, &Exchange::failBody);
    connect(m_call, &ClientCall::drained, this, &Exchange::resumeReading);
    connect(m_body.get(), &BytePipe::bytesTaken, this, &Exchange::relayUploadPressure);
    m_call->startBody(); // what has arrived is taken at once, so that head and body can leave in one write
    if (!m_isEnded && !m_isCollecting && !m_reply)
        send();
}

void Exchange::checkTimeout(std::chrono::nanoseconds now)
{
    if (m_isEnded || now - m_lastProgress < m_context.config->proxyTimeout)
        return;
    const bool waitsForUpload
        = m_body && !m_body->isFinished() && m_body->bytesAvailable() == 0 && !m_call->isHeadSent();
    if (waitsForUpload)
        return; // a stalled consumer is the connection's business: IDLE_TIMEOUT_MS
    if (m_isClientSlow) {
        failResponse(CallOutcome::ClientCancelled,
            {ErrorCode::Timeout, QStringLiteral("The consumer stopped reading the response"), {}});
        return;
    }
    failResponse(CallOutcome::TimedOut,
        {ErrorCode::Timeout, QStringLiteral("Upstream request timed out"),
            QString::fromUtf8(m_provider->id)});
}

void Exchange::refuse(int status, QByteArrayView message, QByteArrayView type, QByteArrayView code)
{
    ResponseHead head{status, {}, {}};
    m_capture->setResponse(head);
    m_call->respond(status, "application/json", errorBody(message, type, code),
        HeaderList{{"x-request-id", m_requestId}});
    end(CallOutcome::Rejected, {ErrorCode::Rejected, QString::fromUtf8(message), QString::fromLatin1(code)});
}

void Exchange::takeBody(const QByteArray& bytes)
{
    noteProgress();
    m_capture->addRequestBody(bytes);
    m_context.traffic->requestBytes += bytes.size();
    if (m_isCollecting) {
        m_collected.append(bytes);
        return;
    }
    m_body->append(bytes);
    if (!m_isBodyPaused && m_body->bytesAvailable() > uploadHighWater) {
        m_isBodyPaused = true;
        m_call->setBodyPaused(true);
    }
}

void Exchange::completeBody()
{
    m_capture->noteRequestComplete();
    if (m_isCollecting) {
        m_isCollecting = false;
        if (const std::optional<QByteArray> spliced = withIncludeUsage(m_collected)) {
            m_isUsageInjected = true;
            m_collected = *spliced;
            if (m_upstreamHead.framing.kind == HttpSyntax::Framing::Kind::Length) {
                m_upstreamHead.framing.contentLength = m_collected.size();
                m_upstreamHead.headers.set("content-length", QByteArray::number(m_collected.size()));
            }
        }
        m_body->append(std::exchange(m_collected, QByteArray()));
    }
    m_body->finish();
    if (!m_reply)
        send();
}

void Exchange::failBody(const Error& error)
{
    // The connection has answered the consumer or cut it off; nothing of this request may reach the upstream
    // as whole.
    end(CallOutcome::Rejected, error);
}

void Exchange::send()
{
    QNetworkRequest request(m_context.config->*(m_provider->baseUrl));
    setUpstreamHead(&request, m_upstreamHead);
    const bool hasBody = m_upstreamHead.framing.kind != HttpSyntax::Framing::Kind::None;
    m_reply = m_context.upstream->sendCustomRequest(
        request, m_upstreamHead.method, hasBody ? m_body.get() : nullptr);
    m_reply->setReadBufferSize(replyBufferBytes);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::relayHead);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::relayBody);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::finishReply);
    if (const auto* reply = qobject_cast<UpstreamReply*>(m_reply)) {
        connect(reply, &UpstreamReply::interimReceived, this, &Exchange::relayInterim);
        connect(reply, &UpstreamReply::requestSent, this,
            [this, reply] { m_capture->noteRequestSent(reply->isConnectionReused()); });
        if (reply->isRequestSent())
            m_capture->noteRequestSent(reply->isConnectionReused()); // the signal comes a turn later
    }
    noteProgress();
}

void Exchange::relayUploadPressure()
{
    noteProgress();
    if (m_isBodyPaused && m_call && m_body->bytesAvailable() <= uploadLowWater) {
        m_isBodyPaused = false;
        m_call->setBodyPaused(false);
    }
}

void Exchange::relayInterim(const ResponseHead& head)
{
    noteProgress();
    // 100 is between us and the upstream: the consumer's own expectation has been answered already.
    if (head.status != 100)
        m_call->sendInterim(head);
}

void Exchange::relayHead()
{
    if (m_call->isHeadSent())
        return;
    noteProgress();
    const ResponseHead upstreamHead = responseHeadOf(*m_reply);
    m_capture->setResponse(upstreamHead);
    ResponseHead head = ForwardingRules::consumerResponse(upstreamHead, m_requestId);
    qint64 contentLength = contentLengthOf(head);
    m_isStream = isEventStream(head);
    m_context.traffic->openStreams += m_isStream ? 1 : 0;
    if (m_isUsageInjected && head.status == 200 && m_isStream && !head.headers.contains("content-encoding")) {
        m_usageFilter.emplace();
        contentLength = -1; // a frame may be taken out
    }
    m_call->sendHead(head, contentLength);
}

void Exchange::relayBody()
{
    if (m_isClientSlow || m_isEnded)
        return;
    noteProgress();
    const QByteArray bytes = takeBodyOf(m_reply);
    if (!bytes.isEmpty())
        relayChunk(bytes);
}

void Exchange::relayChunk(const QByteArray& bytes)
{
    m_capture->addResponseBody(bytes);
    m_context.traffic->responseBytes += bytes.size();
    if (m_usageFilter) {
        for (const QByteArray& part : m_usageFilter->filter(bytes))
            m_call->sendBody(part);
    } else {
        m_call->sendBody(bytes);
    }
    m_isClientSlow = m_call && m_call->bytesToWrite() > clientHighWater;
}

void Exchange::finishReply()
{
    m_isReplyFinished = true;
    if (!m_isClientSlow)
        completeResponse();
}

void Exchange::completeResponse()
{
    while (m_reply->bytesAvailable() > 0 && !m_isClientSlow && !m_isEnded)
        relayBody();
    if (m_isClientSlow || m_isEnded)
        return; // the rest goes out when the client has drained
    if (hasUpstreamFailed(*m_reply)) {
        const Error error = upstreamErrorOf(*m_reply);
        failResponse(
            error.code == ErrorCode::Timeout ? CallOutcome::TimedOut : CallOutcome::UpstreamFailed, error);
        return;
    }
    if (m_usageFilter)
        m_call->sendBody(m_usageFilter->flush());
    m_call->end(responseTrailersOf(*m_reply));
    m_capture->noteHeadSent(); // in case the end took it along
    end(CallOutcome::Completed);
}

void Exchange::failResponse(CallOutcome outcome, const Error& error)
{
    if (m_call->isHeadSent()) {
        m_call->cut(); // never a clean end over a broken answer
    } else {
        const bool isTimeout = error.code == ErrorCode::Timeout;
        const QByteArray message = isTimeout ? QByteArray("Upstream request timed out")
                                             : "Upstream connection failed: " + error.message.toUtf8();
        m_call->respond(502, "application/json",
            errorBody(message, "server_error", isTimeout ? "timeout" : "connection_error"),
            HeaderList{{"x-request-id", m_requestId}});
    }
    end(outcome, error);
}

void Exchange::cancel()
{
    end(CallOutcome::ClientCancelled);
}

void Exchange::resumeReading()
{
    if (!m_isClientSlow)
        return;
    m_isClientSlow = false;
    noteProgress();
    if (m_isReplyFinished)
        completeResponse();
    else
        relayBody();
}

void Exchange::noteProgress()
{
    m_lastProgress = m_context.clock->monotonic();
}

void Exchange::end(CallOutcome outcome, const Error& error)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_capture->end(outcome, error);
    m_context.traffic->openStreams -= m_isStream ? 1 : 0;
    if (m_call)
        m_call->disconnect(this);
    if (m_body)
        m_body->disconnect(this);
    if (QNetworkReply* reply = std::exchange(m_reply, nullptr)) {
        reply->disconnect(this);
        reply->abort(); // frees the upstream connection at once; without effect on a finished reply
        reply->deleteLater();
    }
    Q_EMIT ended();
}
