// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// QueryRunner: answers questions to the store one after another on the query thread, so that neither the
// engine thread nor the telemetry thread waits for one. Bounded: beyond maxWaiting a question is refused, not
// queued. Lives on the query thread (with a store in memory: on the telemetry thread, see storereader.h);
// owned by the Engine.

#include "live/apianswer.h"
#include "store/storereader.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

class QueryRunner final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(QueryRunner)

public:
    using OpenReader = std::function<Result<std::unique_ptr<StoreReader>>()>;
    /// Nothing: somebody else answers under that number.
    using Question = std::function<std::optional<ApiAnswer>(StoreReader* store, quint64 number)>;
    /// Set by whoever no longer wants the answer; then a question that still waits is not asked.
    using Ticket = std::shared_ptr<std::atomic_bool>;

    static constexpr int maxWaiting = 32; // the one that is being answered included

    /// `open` is called on this thread, for each question.
    explicit QueryRunner(OpenReader open);
    ~QueryRunner() override;

    /// From any thread. answered() follows with that number; 503 when the store cannot be opened or read.
    /// False: too many are waiting, and nothing follows.
    [[nodiscard]] bool ask(quint64 number, const Ticket& isGone, Question question);

    /// 503: what to answer then.
    [[nodiscard]] static ApiAnswer refusal();

Q_SIGNALS:
    /// Once for each question that was taken, is still wanted and has an answer.
    void answered(quint64 number, const ApiAnswer& answer);

private:
    void run(quint64 number, const Question& question);

    OpenReader m_open;
    std::atomic_int m_waiting = 0;
};
