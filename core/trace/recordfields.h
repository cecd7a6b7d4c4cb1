// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordFields: the stored fields of a TraceRecord with their keys, named once for writing and reading.
// A key is never given to another field; a new field takes the next free number. Part of RecordCodec.

#include "trace/bodyexcerpt.h"
#include "trace/tracerecord.h"

#include <concepts>
#include <type_traits>

namespace RecordFields {

/// A record as it is stored: without its verbatim input when that stands in the body.
struct StoredRecord
{
    TraceRecord record;
    QList<ExcerptPart> verbatimInput;
};

/// The structs that have a describe() below.
template <typename T>
concept Described = std::same_as<T, Part> || std::same_as<T, Message> || std::same_as<T,
    ToolDefinition> || std::same_as<T, Conversation> || std::same_as<T, Usage> || std::same_as<T,
    ModelParameter> || std::same_as<T, MetadataEntry> || std::same_as<T, Attribution> || std::same_as<T,
    CostItem> || std::same_as<T, Cost> || std::same_as<T, ExcerptPart> || std::same_as<T, StoredRecord>;

/// `const T` when the archive writes, `T` when it reads.
template <typename Archive, typename T>
using Field = std::conditional_t<Archive::isWriting, const T, T>;

template <typename Archive>
void describe(Archive& archive, Field<Archive, Part>& part)
{
    archive(1, part.kind);
    archive(2, part.text);
    archive(3, part.id);
    archive(4, part.name);
    archive(5, part.json);
    archive(6, part.mediaType);
    archive(7, part.signature);
    archive(8, part.isError);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, Message>& message)
{
    archive(1, message.role);
    archive(2, message.name);
    archive(3, message.parts);
    archive(4, message.finishReason);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, ToolDefinition>& tool)
{
    archive(1, tool.name);
    archive(2, tool.description);
    archive(3, tool.parametersJson);
    archive(4, tool.json);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, Conversation>& conversation)
{
    archive(1, conversation.messages);
    archive(2, conversation.tools);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, Usage>& usage)
{
    archive(1, usage.input);
    archive(2, usage.inputCached);
    archive(3, usage.cacheWrite);
    archive(4, usage.cacheWrite5m);
    archive(5, usage.cacheWrite1h);
    archive(6, usage.inputAudio);
    archive(7, usage.output);
    archive(8, usage.outputReasoning);
    archive(9, usage.outputAudio);
    archive(10, usage.total);
    archive(11, usage.costJson);
    archive(12, usage.json);
    archive(50, usage.inputImage);
    archive(51, usage.outputImage);
    archive(52, usage.webSearches);
    archive(53, usage.inputCachedAudio);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, ModelParameter>& parameter)
{
    archive(1, parameter.name);
    archive(2, parameter.json);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, MetadataEntry>& entry)
{
    archive(1, entry.key);
    archive(2, entry.json);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, Attribution>& attribution)
{
    archive(1, attribution.traceId);
    archive(2, attribution.spanId);
    archive(3, attribution.parentSpanId);
    archive(4, attribution.isAppRoot, true);
    archive(5, attribution.sessionId);
    archive(6, attribution.userId);
    archive(7, attribution.traceName);
    archive(8, attribution.environment);
    archive(9, attribution.version);
    archive(10, attribution.tags);
    archive(11, attribution.metadata);
    archive(12, attribution.promptName);
    archive(13, attribution.promptVersion);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, CostItem>& item)
{
    archive(1, item.bucket);
    archive(2, item.picodollars);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, Cost>& cost)
{
    archive(1, cost.source);
    archive(2, cost.picodollars);
    archive(3, cost.items);
    archive(4, cost.price);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, ExcerptPart>& part)
{
    archive(1, part.text);
    archive(2, part.offset);
    archive(3, part.length);
}

template <typename Archive>
void describe(Archive& archive, Field<Archive, StoredRecord>& stored)
{
    constexpr qint64 unknown = -1;
    auto& record = stored.record;
    archive(1, record.id);
    archive(2, record.requestId);
    archive(3, record.attribution);
    archive(4, record.provider);
    archive(5, record.dialect);
    archive(6, record.method);
    archive(7, record.target);
    archive(8, record.upstreamOrigin);
    archive(9, record.status);
    archive(10, record.outcome);
    archive(11, record.errorCode);
    archive(12, record.errorMessage);
    archive(13, record.startedAtUs);
    archive(14, record.requestSentUs, unknown);
    archive(15, record.responseHeadUs, unknown);
    archive(16, record.firstTokenUs, unknown);
    archive(17, record.durationUs, unknown);
    archive(18, record.requestModel);
    archive(19, record.responseModel);
    archive(20, record.isStream);
    archive(21, record.parameters);
    archive(22, record.input);
    archive(23, record.verbatimInput);
    archive(24, record.output);
    archive(25, record.usage);
    archive(26, record.serviceTier);
    archive(27, record.requestHeaders);
    archive(28, record.responseHeaders);
    archive(29, record.requestBody);
    archive(30, record.responseBody);
    archive(31, record.requestText);
    archive(32, record.responseText);
    archive(33, record.requestBytes);
    archive(34, record.responseBytes);
    archive(35, record.isTruncated);
    archive(36, record.bodiesDropped);
    archive(37, record.cost);
    archive(38, record.isContentOmitted);
    archive(39, record.withheldTexts);
    archive(40, record.arrivals);
    archive(46, record.responseId);
    archive(47, record.previousResponseId);
    archive(48, stored.verbatimInput);
}

} // namespace RecordFields
