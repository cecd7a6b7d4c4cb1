// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordBuilder: turns the captured segments of one call into its TraceRecord. The dialect's reader sees
// every byte of the answer as it comes, so that usage is right whatever is stored; copies of the bodies are
// kept up to a bound. Lives on the telemetry thread, owned by the TelemetryPipeline, one a call.

#include "trace/arrivaltimes.h"
#include "trace/livecall.h"
#include "trace/recordmasking.h"
#include "trace/recordrules.h"
#include "wire/contentdecoder.h"
#include "wire/formreader.h"

#include <memory>

class LiveTexts;
class ResponseSessions;

class RecordBuilder final
{
public:
    /// `maxBodyBytes`: TELEMETRY_MAX_BODY_BYTES. `sessions`: of the answers so far; without it every
    /// continued answer is an unknown one. `rules`: without them everything is kept, and nothing has a cost.
    /// Both outlive this.
    explicit RecordBuilder(
        qsizetype maxBodyBytes, ResponseSessions* sessions = nullptr, const RecordRules* rules = nullptr);
    ~RecordBuilder();

    /// The next segment of this call, in order.
    void add(const CaptureSegment& segment);
    /// The last segment has come.
    [[nodiscard]] bool isEnded() const { return m_end.has_value(); }
    /// What is known so far, with the text that came since the last time.
    [[nodiscard]] LiveCall live();
    /// The record. Without a last segment it says that the proxy stopped meanwhile. Once.
    [[nodiscard]] TraceRecord finish();

private:
    struct EarlyRequest
    {
        qsizetype bodyBytes = -1; // of the body that it was read from; -1: it could not be read
        ParsedRequest request;
        QByteArray preview;
    };

    static constexpr qint64 maxInflatedRequestBytes = qint64(64)
        << 20; // held in memory whole, unlike a response

    void takeStart(const CallStart& start);
    void takeRequestBody(const QByteArray& bytes);
    void takeResponse(const CallResponse& response);
    void takeResponseBody(const TimedChunk& chunk);
    void bridgeGap();
    void readRequest();
    [[nodiscard]] QByteArray formDocument();
    void keepParameters(const QList<ModelParameter>& parameters);
    void readResponse();
    void addModalityTags();
    void readRequestEarly();
    [[nodiscard]] Attribution attribution(const ParsedRequest& request) const;
    void takeEnd();
    [[nodiscard]] bool isAtBound(const QByteArray& text) const;
    [[nodiscard]] DialectContext dialectContext() const;
    [[nodiscard]] bool isSse() const;

    const qsizetype m_maxBodyBytes;
    ResponseSessions* const m_sessions;
    const RecordRules* const m_rules;
    TraceRecord m_record;
    std::optional<CallEnd> m_end;
    QList<Secret> m_credentials;
    const Dialect* m_dialect = nullptr;
    QByteArray m_requestBody; // whole, as far as it was captured, when there is a dialect
    std::unique_ptr<ContentDecoder> m_formDecoder; // of a request that is a form
    std::optional<FormReader> m_form; // sees every byte, so that no file is kept
    QByteArray m_reason; // of the response's status line
    std::unique_ptr<ContentDecoder> m_decoder; // of the response
    std::unique_ptr<ResponseReader> m_reader;
    std::unique_ptr<EarlyRequest> m_early; // only when the call was watched
    std::unique_ptr<LiveTexts> m_liveTexts;
    std::optional<CredentialWatch> m_responseWatch; // when the response is encoded
    bool m_isContinuable = false; // a later call can continue the answer
    bool m_isReaderBlind = false; // it has not seen every byte, because of damage, a bomb or pressure
    qint64 m_requestBytes = 0; // seen here; the end knows better
    qint64 m_responseBytes = 0;
    qint64 m_lastSeenNs = 0;
    ArrivalTimes m_arrivals; // of the answer's chunks
};
