// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/responsesessions.h"

namespace {

constexpr qsizetype maxIdBytes = 256; // OpenAI's have about 55

}

QByteArray ResponseSessions::continuing(const QByteArray& responseId) const
{
    return m_sessions.value(responseId, responseId);
}

void ResponseSessions::remember(const QByteArray& responseId, const QByteArray& session)
{
    if (responseId.isEmpty() || responseId.size() > maxIdBytes || session.isEmpty() || m_capacity <= 0)
        return;
    if (const auto known = m_sessions.find(responseId); known != m_sessions.end()) {
        *known = session;
        return;
    }
    if (m_order.size() < m_capacity) {
        m_order.append(responseId);
    } else {
        m_sessions.remove(m_order[m_oldest]);
        m_order[m_oldest] = responseId;
        m_oldest = (m_oldest + 1) % m_capacity;
    }
    m_sessions.insert(responseId, session);
}
