// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// OpenAiChatReader: reads one chat completion, as a document or as `chat.completion.chunk` events, of OpenAI
// and of servers that speak its dialect. Made by OpenAiChat; telemetry thread.

#include "wire/choices.h"
#include "wire/framedreader.h"

class OpenAiChatReader final : public FramedReader
{
public:
    explicit OpenAiChatReader(const DialectContext& context);

protected:
    void readEvent(QByteArrayView type, JsonValue root) override;
    void readMarker(QByteArrayView data) override;
    void readDocument(JsonValue root) override;
    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }
    void readUsage(JsonValue usage) override;

private:
    /// Where the tool call with that index is kept, while its arguments arrive.
    struct OpenCall
    {
        qint64 choice = 0;
        qint64 index = 0;
        qsizetype part = 0; // in that choice's message
    };

    void readHead(JsonValue root);
    void readChoiceExtras(JsonValue choice);
    void readChoiceDelta(JsonValue choice);
    void appendDeltaPart(Message* message, Part part);
    void appendText(Message* message, Part::Kind kind, JsonValue text);
    void readCallDelta(JsonValue call, qint64 choice, Message* message);
    void readAudioDelta(JsonValue audio, Message* message);
    [[nodiscard]] Part* callPart(JsonValue call, qint64 choice, Message* message);

    Choices m_choices;
    QList<OpenCall> m_calls; // in order of arrival
    bool m_isDone = false; // [DONE] was seen
};
