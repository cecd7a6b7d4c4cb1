// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FramedReader: what all response readers share: it finds out how the body is framed (event stream, streamed
// JSON array, one JSON document), takes it apart in any chunking and hands parsed JSON to its subclass, which
// knows what the provider means by it. Bounded: one document is kept whole up to a limit, beyond it only its
// tail, in which the usage still stands. One a response; telemetry thread.

#include "wire/dialect.h"
#include "wire/jsonarraydecoder.h"
#include "wire/jsonparser.h"
#include "wire/ssedecoder.h"
#include "wire/textbudget.h"

class FramedReader : public ResponseReader
{
public:
    explicit FramedReader(const DialectContext& context);
    FramedReader(const FramedReader&) = delete;
    FramedReader& operator=(const FramedReader&) = delete;

    void feed(QByteArrayView bytes, qint64 atNs) final;
    void finish() final;
    [[nodiscard]] const ParsedResponse& response() const final { return m_response; }

protected:
    /// One event of a stream: `type` is the SSE event type (empty in a JSON array), `root` its JSON.
    virtual void readEvent(QByteArrayView type, JsonValue root) = 0;
    /// The data of an event that is not JSON, e.g. `[DONE]`.
    virtual void readMarker(QByteArrayView data) = 0;
    /// A whole document without an error in it.
    virtual void readDocument(JsonValue root) = 0;
    /// A whole document that tells an error, which result() has already. Most hold nothing else but usage.
    virtual void readFailedDocument(JsonValue root) { readUsage(root[usageKey()]); }
    /// The name of the member that holds the usage, and how to read it.
    [[nodiscard]] virtual QByteArrayView usageKey() const = 0;
    virtual void readUsage(JsonValue usage) = 0;

    /// Takes over a text that is there and not empty.
    static void keepText(QByteArray* target, JsonValue value);
    /// The first content of a stream is there; later calls change nothing.
    void noteContent();
    [[nodiscard]] TextBudget& budget() { return m_budget; }
    [[nodiscard]] ParsedResponse& result() { return m_response; }

private:
    enum class Framing { Unknown, Sse, Array, Document };

    [[nodiscard]] Framing detect(QByteArrayView bytes) const;
    void takeEvent(QByteArrayView type, QByteArrayView data);
    void keepDocument(QByteArrayView bytes);
    void finishDocument();
    void scavengeUsage(QByteArrayView tail);

    DialectContext m_context;
    ParsedResponse m_response;
    TextBudget m_budget;
    JsonParser m_parser;
    SseDecoder m_sse;
    JsonArrayDecoder m_array;
    Framing m_framing = Framing::Unknown;
    QByteArray m_document; // the whole, or its tail when it was too large
    bool m_isTail = false;
    qint64 m_nowNs = -1; // of the bytes being read
};
