// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Calls and a source for tests of the viewer: what a proxy would say, without one. Used on the test's thread.

#include "gui/model/callfacts.h"
#include "gui/source/tracesource.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QList>

/// A finished call: number n of a session, started n seconds after a fixed moment.
inline CallFacts sampleCall(int n)
{
    CallFacts call;
    call.id = "id-" + QByteArray::number(n);
    call.state = CallFacts::State::Done;
    call.startedAtUs = 1'790'000'000'000'000 + n * 1'000'000LL;
    call.provider = QStringLiteral("anthropic");
    call.model = QStringLiteral("claude-opus-4-6");
    call.method = QStringLiteral("POST");
    call.path = QStringLiteral("/v1/messages");
    call.preview = QStringLiteral("question %1").arg(n);
    call.status = 200;
    call.session = QStringLiteral("s1");
    call.isStream = true;
    call.firstTokenUs = 400'000;
    call.durationUs = 2'400'000;
    call.inputTokens = 1000 + n;
    call.cachedTokens = 500;
    call.outputTokens = 120;
    call.costUsd = 0.001 * n;
    call.delivery = CallFacts::Delivery::Accepted;
    return call;
}

/// A call of GET /api/traces; members of `more` come over the usual ones.
inline QJsonObject sampleSummary(const QString& id, const QJsonObject& more = {})
{
    QJsonObject call = QJsonDocument::fromJson(R"({"startedAt":"2026-11-24T10:42:36.500000Z",
        "provider":"anthropic","method":"POST","path":"/v1/messages","model":"claude-opus-4-6",
        "requestModel":"claude-opus-4-6","status":200,"outcome":"completed","error":null,"session":"s1",
        "user":null,"tags":["vision"],"finishReason":"end_turn","stream":true,"durationMs":9800,
        "firstByteMs":300.5,"firstTokenMs":1420,
        "tokens":{"input":1000,"cached":46000,"cacheWrite":1200,"output":332,"reasoning":180,"total":48712},
        "costUsd":0.041,"bytes":123456,
        "delivery":{"state":"delivered","attempts":0,"lastError":null,"reason":null}})")
                           .object();
    call.insert(QStringLiteral("id"), id);
    for (auto it = more.begin(); it != more.end(); ++it)
        call.insert(it.key(), it.value());
    return call;
}

inline SourceEvent sampleEvent(const QByteArray& type, const QJsonObject& data)
{
    return {type, QJsonDocument(data).toJson(QJsonDocument::Compact)};
}

inline SourceEvent callEvent(const QByteArray& type, const QString& state, const QJsonObject& call)
{
    return sampleEvent(type, {{QStringLiteral("state"), state}, {QStringLiteral("call"), call}});
}

/// A source whose answers and events the test gives.
class ScriptedSource final : public TraceSource
{
public:
    void start() override { attach(); }
    void stop() override { setStatus({SourceStatus::State::Stopped, {}, {}, {}, {}, 0, false}); }
    void attach()
    {
        SourceStatus status;
        status.state = SourceStatus::State::Attached;
        status.url = QUrl(QStringLiteral("http://127.0.0.1:3000"));
        setStatus(status);
    }
    void setState(const SourceStatus& status) { setStatus(status); }
    /// Answers the oldest question that waits; gives its target, empty when there is none.
    QByteArray answerNext(const QByteArray& body, int status = 200)
    {
        if (m_questions.isEmpty())
            return {};
        const auto question = m_questions.takeFirst();
        answerTicket(question.first, {status, "application/json", body});
        return question.second;
    }
    [[nodiscard]] QList<QByteArray> questions() const
    {
        QList<QByteArray> targets;
        for (const auto& question : m_questions)
            targets.append(question.second);
        return targets;
    }

private:
    void send(quint64 ticket, const QByteArray& method, const QByteArray& target) override
    {
        m_questions.append({ticket, (method == "GET" ? QByteArray() : method + ' ') + target});
    }
    void cancel(quint64 ticket) override
    {
        m_questions.removeIf([ticket](const auto& question) { return question.first == ticket; });
    }

    QList<QPair<quint64, QByteArray>> m_questions;
};
