// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordBuilder: turns the captured segments of one call into its TraceRecord. The dialect's reader sees
// every byte of the answer as it comes, so that usage is right whatever is stored; copies of the bodies are
// kept up to a bound. Lives on the telemetry thread, owned by the TelemetryPipeline, one a call.

#include "trace/tracerecord.h"
#include "wire/contentdecoder.h"

#include <memory>

class RecordBuilder final
{
public:
    /// `maxBodyBytes`: TELEMETRY_MAX_BODY_BYTES.
    explicit RecordBuilder(qsizetype maxBodyBytes);
    ~RecordBuilder();

    /// The next segment of this call, in order.
    void add(const CaptureSegment& segment);
    /// The last segment has come.
    [[nodiscard]] bool isEnded() const { return m_end.has_value(); }
    /// The record. Without a last segment the call counts as cancelled. Once.
    [[nodiscard]] TraceRecord finish();

private:
    void takeStart(const CallStart& start);
    void takeResponse(const CallResponse& response);
    void takeResponseBody(const TimedChunk& chunk);
    void readRequest();
    void readResponse();
    void judge(const ParsedResponse& parsed);
    void setError(const QByteArray& code, const QByteArray& message);
    void maskCredentials();
    [[nodiscard]] DialectContext dialectContext() const;

    const qsizetype m_maxBodyBytes;
    TraceRecord m_record;
    std::optional<CallEnd> m_end;
    QList<Secret> m_credentials;
    const Dialect* m_dialect = nullptr;
    QByteArray m_requestBody; // whole, as far as it was captured
    std::unique_ptr<ContentDecoder> m_decoder;
    std::unique_ptr<ResponseReader> m_reader;
    QByteArray m_responseText; // decoded, when there is no reader
    bool m_isDecoderBroken = false;
};
