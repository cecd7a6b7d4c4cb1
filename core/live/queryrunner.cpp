// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/queryrunner.h"

QueryRunner::QueryRunner(OpenReader open)
    : m_open(std::move(open))
{
}

QueryRunner::~QueryRunner() = default;

bool QueryRunner::ask(quint64 number, const Ticket& isGone, Question question)
{
    if (m_waiting.fetch_add(1) >= maxWaiting) {
        m_waiting.fetch_sub(1);
        return false;
    }
    QMetaObject::invokeMethod(
        this,
        [this, number, isGone, question = std::move(question)] {
            if (!*isGone)
                run(number, question);
            m_waiting.fetch_sub(1);
        },
        Qt::QueuedConnection);
    return true;
}

ApiAnswer QueryRunner::refusal()
{
    return ApiAnswer::error(
        503, "busy", "Too many questions to the store are waiting", {{"Retry-After", "1"}});
}

void QueryRunner::run(quint64 number, const Question& question)
{
    const auto reader = m_open();
    if (!reader) {
        Q_EMIT answered(number, ApiAnswer::error(503, "store_unavailable", reader.error().message.toUtf8()));
        return;
    }
    if (const auto answer = question(reader->get(), number))
        Q_EMIT answered(number, *answer);
}
