// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DocumentReader: the FramedReader of an API that answers with one JSON document and never streams; a
// subclass says what the document means. An array at the root is Gemini's way to wrap an error. One a
// response; telemetry thread.

#include "wire/framedreader.h"

class DocumentReader : public FramedReader
{
public:
    using FramedReader::FramedReader;

protected:
    void readEvent(QByteArrayView, JsonValue) final { }
    void readMarker(QByteArrayView) final { }
    [[nodiscard]] QByteArrayView usageKey() const override { return "usage"; }
    void readUsage(JsonValue) override { } // unless the API counts
};

/// The answer of a model as one message; nothing without a part.
[[nodiscard]] inline QList<Message> answerOf(const QList<Part>& parts)
{
    return parts.isEmpty() ? QList<Message>()
                           : QList<Message>{{QByteArrayLiteral("assistant"), {}, parts, {}}};
}

/// What was asked as one message; nothing without a part.
[[nodiscard]] inline QList<Message> questionOf(const QList<Part>& parts)
{
    return parts.isEmpty() ? QList<Message>() : QList<Message>{{QByteArrayLiteral("user"), {}, parts, {}}};
}

[[nodiscard]] inline Part textPart(const QByteArray& text)
{
    Part part;
    part.text = text;
    return part;
}
