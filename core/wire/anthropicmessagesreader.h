// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AnthropicMessagesReader: reads one answer of the Messages API, as a document or as events from
// `message_start` to `message_stop`. Made by AnthropicMessages; telemetry thread.
// Source: docs.anthropic.com/en/docs/build-with-claude/streaming (2026-11).

#include "wire/anthropicusage.h"
#include "wire/framedreader.h"

class AnthropicMessagesReader final : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    void readEvent(QByteArrayView type, JsonValue root) override;
    void readMarker(QByteArrayView data) override;
    void readDocument(JsonValue root) override;
    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }
    void readUsage(JsonValue usage) override;

private:
    /// A content block that has started.
    struct OpenBlock
    {
        qint64 index = 0;
        qsizetype part = 0;
        QByteArray input; // of a tool call as the start gave it, until a delta replaces it
    };

    [[nodiscard]] Message* message();
    [[nodiscard]] OpenBlock* findBlock(JsonValue index);
    void readHead(JsonValue head);
    void startBlock(JsonValue root);
    void readDelta(JsonValue root);
    void addCitation(Part* part, JsonValue citation);
    void stopBlock(JsonValue root);

    AnthropicUsage m_usage;
    QList<OpenBlock> m_blocks;
};
