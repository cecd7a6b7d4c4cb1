// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ResponseSessions: which session an answer belongs to, so that a call that continues it
// (`previous_response_id`) joins that session. Bounded: the oldest answers are forgotten. Telemetry thread;
// owned by the TelemetryPipeline, asked and told by its RecordBuilders.

#include <QByteArray>
#include <QHash>
#include <QList>

class ResponseSessions final
{
public:
    /// At about 200 bytes an answer the default holds 2 MB.
    explicit ResponseSessions(qsizetype capacity = 10000)
        : m_capacity(capacity)
    {
    }

    /// The session of a call that continues that answer: the one its call was in. An answer that had none, or
    /// is not known (any more), begins one that carries its id. Empty for an empty id.
    [[nodiscard]] QByteArray continuing(const QByteArray& responseId) const;
    /// The call that gave this answer is in that session. Ids longer than 256 bytes are not kept.
    void remember(const QByteArray& responseId, const QByteArray& session);

private:
    const qsizetype m_capacity;
    QHash<QByteArray, QByteArray> m_sessions; // by response id
    QList<QByteArray> m_order; // of the ids: a ring once it is full
    qsizetype m_oldest = 0; // in m_order
};
