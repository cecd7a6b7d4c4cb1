// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// everychunking: reads a response body whole, split at every offset and byte by byte, for the tests of the
// dialects. Used on the test's thread.

#include "support/sanitized.h"
#include "wire/dialects.h"

#include <QFile>
#include <QTest>

/// The bytes of a golden in data/.
inline QByteArray golden(const char* name)
{
    QFile file(QStringLiteral(TEST_DATA_DIR "/") + QLatin1String(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline ParsedResponse readChunks(
    const Dialect& dialect, const DialectContext& context, const QByteArrayList& chunks)
{
    const std::unique_ptr<ResponseReader> reader = dialect.makeResponseReader(context);
    for (const QByteArray& chunk : chunks)
        reader->feed(chunk, 7);
    reader->finish();
    return reader->response();
}

/// What the body says; fails the running test when two chunkings give different answers.
inline ParsedResponse readEveryChunking(
    const Dialect& dialect, const DialectContext& context, const QByteArray& body)
{
    const ParsedResponse whole = readChunks(dialect, context, {body});
    qsizetype different = 0;
    for (qsizetype i = 1; i < body.size(); i += everyOffset) {
        if (readChunks(dialect, context, {body.first(i), body.sliced(i)}) != whole)
            ++different;
    }
    QByteArrayList bytes;
    for (const char c : body)
        bytes.append(QByteArray(1, c));
    if (readChunks(dialect, context, bytes) != whole)
        ++different;
    if (different > 0)
        QTest::qFail("the result depends on the chunking", __FILE__, __LINE__);
    return whole;
}

/// The arrival time that became firstTokenNs, when event i arrives at time i.
inline qint64 firstTokenEvent(const Dialect& dialect, const DialectContext& context, const QByteArray& stream)
{
    const std::unique_ptr<ResponseReader> reader = dialect.makeResponseReader(context);
    qint64 event = 0;
    qsizetype begin = 0;
    for (qsizetype end = stream.indexOf("\n\n"); end >= 0; end = stream.indexOf("\n\n", begin)) {
        reader->feed(QByteArrayView(stream).sliced(begin, end + 2 - begin), event++);
        begin = end + 2;
    }
    reader->finish();
    return reader->response().firstTokenNs;
}

/// A part as one line: kind, fields that are not empty.
inline QByteArray described(const Part& part)
{
    static const char* const kinds[] = {"Text", "Thinking", "RedactedThinking", "ToolCall", "ToolResult",
        "Image", "Audio", "Document", "Refusal", "Unknown"};
    QByteArray line = kinds[int(part.kind)];
    const auto add = [&line](const char* name, const QByteArray& value) {
        if (!value.isEmpty())
            line += QByteArray(" ") + name + '=' + value;
    };
    add("text", part.text);
    add("id", part.id);
    add("name", part.name);
    add("json", part.json);
    add("type", part.mediaType);
    add("signature", part.signature);
    if (part.isError)
        line += " error";
    return line;
}

/// Messages as lines: `role [name] (finish reason)` and below it its parts.
inline QByteArrayList described(const QList<Message>& messages)
{
    QByteArrayList lines;
    for (const Message& message : messages) {
        QByteArray line = message.role;
        if (!message.name.isEmpty())
            line += " [" + message.name + ']';
        if (!message.finishReason.isEmpty())
            line += " (" + message.finishReason + ')';
        lines.append(line);
        for (const Part& part : message.parts)
            lines.append("  " + described(part));
    }
    return lines;
}

/// Counts as one line, in the order of the struct, - for unknown.
inline QByteArray described(const std::optional<Usage>& usage)
{
    if (!usage)
        return QByteArrayLiteral("none");
    QByteArrayList counts;
    for (const std::optional<qint64> count :
        {usage->input, usage->inputCached, usage->cacheWrite, usage->cacheWrite5m, usage->cacheWrite1h,
            usage->inputAudio, usage->output, usage->outputReasoning, usage->outputAudio, usage->total})
        counts.append(count ? QByteArray::number(*count) : QByteArrayLiteral("-"));
    return counts.join(' ');
}

inline QByteArray described(const QList<ModelParameter>& parameters)
{
    QByteArray line;
    for (const ModelParameter& parameter : parameters)
        line += parameter.name + '=' + parameter.json + ';';
    return line;
}

inline QByteArray described(const std::optional<ParsedError>& error)
{
    return error ? QByteArray(error->type + '|' + error->code + '|' + error->message)
                 : QByteArrayLiteral("none");
}

inline QByteArrayList described(const QList<ToolDefinition>& tools)
{
    QByteArrayList lines;
    for (const ToolDefinition& tool : tools)
        lines.append(tool.name + '|' + tool.description + '|' + tool.parametersJson);
    return lines;
}
