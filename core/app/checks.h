// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Checks: tries, all at once, what the proxy will need: the upstreams, Langfuse, the trace database. On any
// thread with an event loop; for one run.

#include "langfuse/langfuseclient.h"
#include "upstream/upstreamaccessmanager.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>

struct Provider;

enum class CheckState { Good, Skipped, Bad };

struct CheckResult
{
    QByteArray name; // openai, anthropic, gemini, langfuse, store
    CheckState state = CheckState::Good;
    QByteArray found; // one sentence
    QByteArray advice; // what to do; of a bad one
};

class Checks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Checks)

public:
    explicit Checks(const Config& config);
    ~Checks() override;

    /// finished() follows, after 10 s at the latest.
    void start();
    /// The same for Langfuse alone.
    void startLangfuse();
    /// In a fixed order: the upstreams, Langfuse, the store; or Langfuse.
    [[nodiscard]] const QList<CheckResult>& results() const { return m_results; }

Q_SIGNALS:
    void finished();

private:
    void askUpstream(const Provider& provider, qsizetype place);
    void askLangfuse(qsizetype place);
    void askProject(const DeliveryAnswer& health, qsizetype place);
    [[nodiscard]] CheckResult storeResult() const;
    void take(qsizetype place, const CheckResult& result);

    const Config m_config;
    UpstreamAccessManager m_network;
    std::unique_ptr<LangfuseClient> m_langfuse;
    QElapsedTimer m_clock;
    QList<CheckResult> m_results;
    int m_open = 0;
};
