// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Dialect: how one API of one provider is read. One file a dialect implements this; dialects.h lists them.
// Works on decoded bytes (no content encoding), off the response path, on the telemetry thread; sans-io, no
// state between calls.

#include "wire/conversation.h"
#include "wire/usage.h"

#include <QByteArrayView>

#include <memory>

/// One model parameter of a request: name and its value as JSON text as it came, e.g. {"temperature",
/// "0.70"}.
struct ModelParameter
{
    QByteArray name;
    QByteArray json;

    bool operator==(const ModelParameter&) const = default;
};

/// What a request body says. A body that is not valid JSON gives `isValid` false and nothing else.
struct ParsedRequest
{
    bool isValid = false;
    QByteArray model;
    bool isStream = false;
    Conversation input;
    QByteArray
        verbatimInput; // JSON object for Langfuse when the provider's own shape renders best; else empty
    QList<ModelParameter> parameters;
    QByteArray user; // end-user id the API itself carries (OpenAI `user`, Anthropic `metadata.user_id`)
    QByteArray session; // id of the conversation that the body names (OpenAI `conversation`)
    QByteArray previousResponseId; // ParsedResponse::id of the answer that this request continues
    QByteArray promptCacheKey; // groups calls for the provider's prompt cache, often one conversation

    bool operator==(const ParsedRequest&) const = default;
};

/// A failure told in the body: in an error answer, or as an error event inside a 200 stream.
struct ParsedError
{
    QByteArray type;
    QByteArray code;
    QByteArray message;

    bool operator==(const ParsedError&) const = default;
};

/// What a response says so far.
struct ParsedResponse
{
    QByteArray id;
    QByteArray model; // as answered
    Conversation output;
    std::optional<Usage> usage;
    std::optional<ParsedError> error;
    QByteArray serviceTier;
    bool isContinuable = false; // a later request can name `id` as its previousResponseId
    bool isComplete = false; // the final event or the whole document was seen
    std::optional<bool> isStream; // as framed: events came, or a document; absent: neither tells
    qint64 firstTokenNs = -1; // time stamp of the first content (text, thinking or tool call), streams only
    qint64 omittedBytes = 0; // content that was left out of `output` because of maxTextBytes

    bool operator==(const ParsedResponse&) const = default;
};

/// Reads one response. Feed every byte in order, in any chunking: the result is the same. Holds at most
/// `maxTextBytes` of content text in its result (the rest is counted, not kept), and sees every usage.
class ResponseReader
{
public:
    virtual ~ResponseReader() = default;
    /// atNs: when the bytes arrived, any monotonic origin.
    virtual void feed(QByteArrayView bytes, qint64 atNs) = 0;
    /// No more bytes will come; also for answers that were cut.
    virtual void finish() = 0;
    [[nodiscard]] virtual const ParsedResponse& response() const = 0;
};

/// What the dialects need to know about the exchange besides the bodies.
struct DialectContext
{
    QByteArray path; // without query
    QByteArray responseContentType; // lower-case media type without parameters
    int status = 0;
    qsizetype maxTextBytes = 1 << 20; // of the response; a request is read whole
    qsizetype maxDocumentBytes = 64 << 20; // a larger JSON response, or event, is searched for usage only
};

class Dialect
{
public:
    virtual ~Dialect() = default;
    /// Stable name: `openai.chat`, `openai.responses`, `anthropic.messages`, `gemini.generateContent`.
    [[nodiscard]] virtual QByteArray name() const = 0;
    /// Whether this dialect reads calls of that provider (`openai`, `anthropic`, `gemini`), method and path.
    [[nodiscard]] virtual bool handles(
        QByteArrayView provider, QByteArrayView method, QByteArrayView path) const = 0;
    [[nodiscard]] virtual ParsedRequest readRequest(
        QByteArrayView body, const DialectContext& context) const = 0;
    /// Chosen by the response (its content type), not by what the request asked for.
    [[nodiscard]] virtual std::unique_ptr<ResponseReader> makeResponseReader(
        const DialectContext& context) const = 0;
};
