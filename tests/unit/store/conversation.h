// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AgentConversation: the requests of a coding agent, which sends its whole history again with every turn, as
// the records that the proxy makes of them.

#include "trace/tracerecord.h"

#include <QRandomGenerator>

class AgentConversation final
{
public:
    explicit AgentConversation(quint32 seed)
        : m_random(seed)
    {
    }

    /// The record of the next turn; the history has grown by some `bytes`.
    TraceRecord nextTurn(qsizetype bytes)
    {
        const QByteArray text = code(bytes);
        m_messages.append({m_messages.size() % 2 ? "assistant" : "user", {}, {textPart(text)}, {}});
        QByteArray escaped = text;
        escaped.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
        m_json += m_json.isEmpty() ? "" : ",";
        m_json += "{\"role\":\"" + m_messages.last().role + "\",\"content\":\"" + escaped + "\"}";
        TraceRecord record;
        record.id = word(36);
        record.requestId = word(36);
        record.provider = "anthropic";
        record.requestModel = "claude";
        record.startedAtUs = qint64(m_random.generate()) * 1000;
        record.status = 200;
        record.input.messages = m_messages;
        record.output.messages = {{"assistant", {}, {textPart(code(500))}, "end_turn"}};
        record.requestBody = "{\"model\":\"claude\",\"messages\":[" + m_json + "],\"stream\":true}";
        record.responseBody = code(900);
        record.requestBytes = record.requestBody.size();
        record.responseBytes = record.responseBody.size();
        record.verbatimInput = "{\"messages\":[" + m_json + "]}";
        return record;
    }

private:
    static Part textPart(const QByteArray& text)
    {
        Part part;
        part.text = text;
        return part;
    }

    QByteArray word(int length)
    {
        QByteArray text;
        while (text.size() < length)
            text.append("abcdefghijklmnopqrstuvwxyz0123456789"[m_random.bounded(36)]);
        return text;
    }

    /// Packs about as well as program text does: 4 to 1.
    QByteArray code(qsizetype bytes)
    {
        static const QList<QByteArray> words{"return ", "const ", "value", "the ", "file", "error", "if (",
            "while (", ") {\n", "}\n", "    ", "result", " = ", "\"text\"", "->size()", "// why\n",
            "std::", "buffer", "int ", "test"};
        QByteArray text;
        while (text.size() < bytes)
            text += m_random.bounded(5) == 0 ? word(6) : words[m_random.bounded(int(words.size()))];
        return text;
    }

    QRandomGenerator m_random;
    QList<Message> m_messages;
    QByteArray m_json;
};
