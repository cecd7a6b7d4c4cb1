// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// fullRecord(): a record with a value of its own in every field, for tests that carry records around.

#include "trace/tracerecord.h"

inline TraceRecord fullRecord()
{
    Part text{Part::Kind::Text, "hello \xf0\x9f\x98\x80", {}, {}, {}, {}, {}, false};
    Part call{Part::Kind::ToolCall, {}, "call_1", "weather", R"({"n":12345678901234567890})", {}, {}, false};
    Part result{Part::Kind::ToolResult, "sunny", "call_1", "weather", "[1.0]", "image/png", "sig", true};
    TraceRecord record;
    record.id = "0f0e0d0c-1111-4222-8333-444455556666";
    record.requestId = "request-1";
    record.attribution = {"4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", "00f067aa0ba902b8", false,
        "session", "user", "name", "staging", "1.2", "greet", 3, {"audio", ""}, {{"k", "1.0"}, {"l", "{}"}}};
    record.provider = "openai";
    record.dialect = "openai.chat";
    record.method = "POST";
    record.target = "/v1/chat/completions?a=1";
    record.upstreamOrigin = "https://api.openai.com:443";
    record.status = 529;
    record.outcome = CallOutcome::TimedOut;
    record.errorCode = "timeout";
    record.errorMessage = "no answer";
    record.startedAtUs = 1'795'425'211'000'123;
    record.requestSentUs = 10;
    record.responseHeadUs = 20;
    record.firstTokenUs = 30;
    record.durationUs = 40;
    record.arrivals = "\x01\x14\x02";
    record.requestModel = "m-1";
    record.responseModel = "m-1-2026";
    record.responseId = "resp_2";
    record.previousResponseId = "resp_1";
    record.isStream = true;
    record.parameters = {{"temperature", "0.70"}, {"stop", "[\"a\"]"}};
    record.input = {{{"system", {}, {text}, {}}, {"user", "bob", {text, result}, {}}},
        {{"weather", "tells it", "{}", R"({"type":"function"})"}}};
    record.verbatimInput = R"({"messages":[]})";
    record.output = {{{"assistant", {}, {call}, "tool_calls"}}, {}};
    record.usage = Usage{1, 2, 1, 3, 4, 5, 6, 11, 7, 8, 9, 12, 68, 2, "0.001", R"({"prompt_tokens":1})"};
    record.serviceTier = "flex";
    record.cost
        = Cost{Cost::Source::Provider, 9'000'000'000'000'000'001, {{"input", 1}, {"output", 0}}, "m-1"};
    record.requestHeaders = {{"A", "1"}, {"a", ""}, {"B", "2"}};
    record.responseHeaders = {{"set-cookie", "***"}, {"set-cookie", "***"}};
    record.requestBody = QByteArray("\0\xff", 2);
    record.responseBody = "body";
    record.requestText = "text in";
    record.responseText = "text out";
    record.requestBytes = 1'000'000'000'000;
    record.responseBytes = 2;
    record.isTruncated = true;
    record.bodiesDropped = true;
    record.isContentOmitted = true;
    record.withheldTexts = 3;
    return record;
}
