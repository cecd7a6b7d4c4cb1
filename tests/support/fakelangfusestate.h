// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeLangfuseState: what a FakeLangfuse has been told and what it has seen, shared between the test's thread
// and the server's. Every function locks.

#include "base/headerlist.h"
#include "support/otlpdecoder.h"

#include <QMutex>

#include <chrono>
#include <functional>
#include <optional>

/// How one request is answered instead of the usual way.
struct LangfuseAnswer
{
    enum class Kind {
        Answer, // status, headers, body
        Hang, // never
        Reset, // the connection is cut, nothing was read from the request
        AcceptThenReset, // the spans are kept, the answer is lost
    };

    Kind kind = Kind::Answer;
    int status = 500;
    HeaderList headers = {};
    QByteArray body = {};
    std::chrono::milliseconds delay{0}; // before the answer
};

struct LangfuseRequest
{
    QByteArray method;
    QByteArray target;
    HeaderList headers;
    QByteArray bodySha256; // hex, of the body as on the wire
    qsizetype bodyBytes = 0;
    qsizetype spans = 0; // decoded, 0 when refused before
    int status = 0; // what it was answered with; 0: nothing
};

struct FakeLangfuseOptions
{
    QByteArray publicKey = "pk-lf-test";
    QByteArray secretKey = "sk-lf-test";
    quint16 port = 0; // 0: any
    std::function<void(const LangfuseSpan&)> onSpan = {}; // accepted spans, on the server's thread
};

class FakeLangfuseState final
{
    Q_DISABLE_COPY_MOVE(FakeLangfuseState)

public:
    explicit FakeLangfuseState(const FakeLangfuseOptions& options);

    void script(const LangfuseAnswer& answer, int times);
    [[nodiscard]] std::optional<LangfuseAnswer> takeScripted();
    void refuseSpansWhen(std::function<bool(const LangfuseSpan&)> predicate);
    [[nodiscard]] bool isRefused(const LangfuseSpan& span) const;
    void setMaxBodyBytes(qsizetype bytes);
    [[nodiscard]] qsizetype maxBodyBytes() const;
    void setSecretKey(const QByteArray& secretKey);
    /// The Authorization header that is accepted.
    [[nodiscard]] QByteArray authorization() const;

    void addSpans(const QList<LangfuseSpan>& spans);
    void addRequest(const LangfuseRequest& request);
    [[nodiscard]] QList<LangfuseSpan> spans() const;
    [[nodiscard]] QList<LangfuseRequest> requests() const;

private:
    mutable QMutex m_mutex;
    FakeLangfuseOptions m_options;
    QList<LangfuseAnswer> m_script;
    std::function<bool(const LangfuseSpan&)> m_refuses;
    qsizetype m_maxBodyBytes = 0;
    QList<LangfuseSpan> m_spans;
    QList<LangfuseRequest> m_requests;
};
