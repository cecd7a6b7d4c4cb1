// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// A plain chat completion as a TraceRecord, for the tests of langfuse/.

#include "base/ids.h"
#include "trace/tracerecord.h"

inline Part textPart(const QByteArray& text)
{
    Part part;
    part.text = text;
    return part;
}

inline Message textMessage(const QByteArray& role, const QByteArray& text)
{
    Message message;
    message.role = role;
    message.parts = {textPart(text)};
    return message;
}

inline TraceRecord sampleRecord(const QByteArray& requestId = "req-1")
{
    TraceRecord record;
    record.id = "6d1f2c3b-0000-4000-8000-0123456789ab";
    record.requestId = requestId;
    record.attribution.traceId = Ids::traceIdFor(requestId);
    record.attribution.spanId = Ids::spanIdFor(requestId);
    record.provider = "openai";
    record.dialect = "openai.chat";
    record.method = "POST";
    record.target = "/v1/chat/completions";
    record.status = 200;
    record.startedAtUs = 1795422751801000; // 2026-11-23T08:32:31.801Z
    record.responseHeadUs = 120400;
    record.durationUs = 1500600;
    record.requestModel = "gpt-5.5";
    record.responseModel = "gpt-5.5-2026-04-23";
    record.input.messages = {textMessage("user", "hello")};
    record.output.messages = {textMessage("assistant", "hi there")};
    record.output.messages.first().finishReason = "stop";
    Usage usage;
    usage.input = 10;
    usage.output = 5;
    usage.total = 15;
    record.usage = usage;
    return record;
}
