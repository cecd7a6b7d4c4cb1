// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TracedProxy: a ProxiedUpstream whose proxy delivers to a FakeLangfuse. Owned by a test, used on its thread.
//
//     TracedProxy site([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
//     QVERIFY2(site.proxy.start(), site.proxy.errorText());
//     QCOMPARE(site.statusOf(chatRequest("r1")), 200);
//     QVERIFY(site.langfuse.waitForSpans(1, 10s));

#include "proxiedupstream.h"
#include "support/fakelangfuse.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

class TracedProxy final
{
    Q_DISABLE_COPY_MOVE(TracedProxy)

public:
    explicit TracedProxy(FakeUpstream::Handler handler, const ProxyProcess::Environment& environment = {})
        : m_site(std::move(handler), environmentFor(langfuse, environment))
        , upstream(m_site.upstream)
        , proxy(m_site.proxy)
    {
    }

    /// The status of the answer to one request on a connection of its own; 0: none.
    [[nodiscard]] int statusOf(const QByteArray& request) const
    {
        const Result<RawResponse> response = m_site.exchange(request);
        return response ? response->status : 0;
    }
    [[nodiscard]] Result<RawResponse> exchange(const QByteArray& request) const
    {
        return m_site.exchange(request);
    }

    [[nodiscard]] QJsonObject health() const
    {
        const Result<RawResponse> response = m_site.exchange(requestText("GET", "/api/health", {}), "GET");
        return response ? QJsonDocument::fromJson(response->body).object() : QJsonObject();
    }
    /// The `telemetry` part of /api/health.
    [[nodiscard]] QJsonObject telemetry() const { return health()[QLatin1String("telemetry")].toObject(); }
    [[nodiscard]] int count(const char* state) const { return telemetry()[QLatin1String(state)].toInt(-1); }

    /// The first span with that metadata.request_id; one without ids when there is none.
    [[nodiscard]] LangfuseSpan spanOf(const QByteArray& requestId) const
    {
        for (const LangfuseSpan& span : langfuse.spans()) {
            if (span.attributes.value("langfuse.observation.metadata.request_id") == requestId)
                return span;
        }
        return {};
    }
    /// As spanOf(), but waits until it has been delivered.
    [[nodiscard]] LangfuseSpan waitForSpanOf(const QByteArray& requestId) const
    {
        (void)QTest::qWaitFor([&] { return !spanOf(requestId).spanId.isEmpty(); }, 10000);
        return spanOf(requestId);
    }

    FakeLangfuse langfuse;

private:
    static ProxyProcess::Environment environmentFor(
        const FakeLangfuse& langfuse, const ProxyProcess::Environment& environment)
    {
        ProxyProcess::Environment all{{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
            {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"}};
        all.insert(environment);
        return all;
    }

    ProxiedUpstream m_site;

public:
    FakeUpstream& upstream;
    ProxyProcess& proxy;
};

/// A small call of OpenAI chat.
inline QByteArray chatRequest(const QByteArray& requestId, const QByteArray& fields = {},
    const QByteArray& body = R"({"model":"gpt-5","messages":[{"role":"user","content":"Hi"}]})")
{
    return requestText("POST", "/v1/chat/completions",
        "X-Request-Id: " + requestId + "\r\nContent-Type: application/json\r\n" + fields, body);
}

inline UpstreamScript chatAnswer()
{
    return Answer::json(200,
        R"({"id":"c","object":"chat.completion","model":"gpt-5-2025-08-07","choices":[{"index":0,)"
        R"("message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],)"
        R"("usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})");
}

/// For each request a chatAnswer().
inline UpstreamScript answerChat(const ReceivedRequest&)
{
    return chatAnswer();
}

/// Of the attribute "langfuse." + name; empty: it has none.
inline QByteArray langfuseAttribute(const LangfuseSpan& span, const QByteArray& name)
{
    return span.attributes.value("langfuse." + name);
}
