// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// GeminiGenerateReader: reads one answer of generateContent, or of streamGenerateContent as events
// (`alt=sse`) or as a JSON array (without). Every piece of a stream is a GenerateContentResponse of its own.
// Made by GeminiGenerate; telemetry thread.

#include "wire/choices.h"
#include "wire/framedreader.h"

class GeminiGenerateReader final : public FramedReader
{
public:
    explicit GeminiGenerateReader(const DialectContext& context);

protected:
    void readEvent(QByteArrayView type, JsonValue root) override;
    void readMarker(QByteArrayView data) override;
    void readDocument(JsonValue root) override;
    [[nodiscard]] QByteArrayView usageKey() const override { return "usageMetadata"; }
    void readUsage(JsonValue usage) override;

private:
    void readCandidate(JsonValue candidate);
    void addPart(Message* message, Part part);
    void readGrounding(Message* message, JsonValue candidate);
    void readBlock(JsonValue feedback);

    Choices m_choices;
    std::optional<qint64> m_searches; // that the model made in a search engine
};
