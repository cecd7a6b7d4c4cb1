// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How a call of the Responses API looks at Langfuse: read by its dialect, written by observationtext and
// otlpmapping.

#include "langfuse/observationtext.h"
#include "support/testprogram.h"

#include "langfuse/eventmedia.h"
#include "langfuse/otlpmapping.h"
#include "samplerecord.h"
#include "wire/dialects.h"

namespace {

/// What the record builder takes over from a dialect.
TraceRecord recordOf(const QByteArray& request, const QByteArray& answer)
{
    const Dialect* const dialect = findDialect("openai", "POST", "/v1/responses");
    const DialectContext context{
        .path = "/v1/responses", .responseContentType = "application/json", .status = 200};
    const ParsedRequest parsed = dialect->readRequest(request, context);
    const std::unique_ptr<ResponseReader> reader = dialect->makeResponseReader(context);
    reader->feed(answer, 0);
    reader->finish();
    const ParsedResponse& response = reader->response();
    TraceRecord record = sampleRecord();
    record.dialect = dialect->name();
    record.target = "/v1/responses";
    record.requestModel = parsed.model;
    record.responseModel = response.model;
    record.responseId = response.id;
    record.previousResponseId = parsed.previousResponseId;
    record.parameters = parsed.parameters;
    record.input = parsed.input;
    record.verbatimInput = parsed.verbatimInput;
    record.output = response.output;
    record.usage = response.usage;
    record.serviceTier = response.serviceTier;
    return record;
}

QByteArray attribute(const OtlpSpan& span, const QByteArray& name)
{
    const SpanAttribute* const found = span.find("langfuse.observation." + name);
    return found ? found->text : QByteArray();
}

} // namespace

class TestResponsesMapping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsInputs_data();
    void showsInputs();
    void showsOutputs_data();
    void showsOutputs();
    void countsTokensOnce();
    void namesAnswerAndPredecessor();
};

void TestResponsesMapping::showsInputs_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* request, const char* expected) {
        QTest::newRow(name) << QByteArray(request) << QByteArray(expected);
    };
    row("a text", R"({"input":"Hi"})", R"({"messages":[{"role":"user","content":"Hi"}]})");
    row("instructions and tools",
        R"({"instructions":"Brief.","input":"Hi","tools":[{"type":"function","name":"look","description":"Looks.",)"
        R"("strict":true,"parameters":{"type":"object","max":1.0}},{"type":"web_search"}]})",
        R"({"messages":[{"role":"system","content":"Brief."},{"role":"user","content":"Hi"}],)"
        R"("tools":[{"name":"look","description":"Looks.","parameters":{"type":"object","max":1.0}},{"name":"web_search"}]})");
    row("an image and a file",
        R"({"input":[{"role":"user","content":[{"type":"input_text","text":"What?"},)"
        R"({"type":"input_image","image_url":"https://i.example/x.png"},{"type":"input_file","file_id":"file-1"}]}]})",
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"What?"},)"
        R"({"type":"image_url","image_url":{"url":"https://i.example/x.png"}},{"type":"text","text":"[document file-1]"}]}]})");
    row("a turn of tools",
        R"({"input":[{"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}]},)"
        R"({"type":"function_call","call_id":"c1","name":"look","arguments":"{\"n\":1.0}"},)"
        R"({"type":"function_call_output","call_id":"c1","output":"a cat"}]})",
        R"({"messages":[{"role":"assistant","content":"","thinking":[{"type":"thinking","content":"hm"}],)"
        R"("tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"n\":1.0}"}}]},)"
        R"({"role":"tool","tool_call_id":"c1","content":"a cat"}]})");
}

void TestResponsesMapping::showsInputs()
{
    QFETCH(QByteArray, request);
    EventMedia media;
    QTEST(ObservationText::input(recordOf(request, "{}"), &media), "expected");
}

void TestResponsesMapping::showsOutputs_data()
{
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const char* items, const char* expected) {
        QTest::newRow(name) << QByteArray(items) << QByteArray(expected);
    };
    row("a text",
        R"({"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello","annotations":[]}]})",
        R"({"role":"assistant","content":"Hello"})");
    row("thinking, text and calls",
        R"({"type":"reasoning","summary":[{"type":"summary_text","text":"hm"}],"encrypted_content":"gA=="},)"
        R"({"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hello"}]},)"
        R"({"type":"function_call","call_id":"c1","name":"look","arguments":"{\"n\":1.0}"},)"
        R"({"type":"custom_tool_call","call_id":"c2","name":"code","input":"a \"b\""})",
        R"({"role":"assistant","content":"Hello","thinking":[{"type":"thinking","content":"hm","signature":"gA=="}],)"
        R"("tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"n\":1.0}"}},)"
        R"({"id":"c2","type":"function","function":{"name":"code","arguments":"\"a \\\"b\\\"\""}}]})");
    row("a refusal",
        R"({"type":"message","role":"assistant","content":[{"type":"refusal","refusal":"No."}]})",
        R"({"role":"assistant","content":"","refusal":"No."})");
    row("a built-in tool", R"({"type":"web_search_call","id":"ws_1","status":"completed"})",
        R"({"role":"assistant","content":"","tool_calls":[{"id":"ws_1","type":"function","function":{"name":"web_search",)"
        R"("arguments":"{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\"}"}}]})");
    row("a made image", R"({"type":"image_generation_call","id":"ig_1","result":"iVBORw0KGgo="})",
        R"({"role":"assistant","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}],)"
        R"("tool_calls":[{"id":"ig_1","type":"function","function":{"name":"image_generation",)"
        R"("arguments":"{\"type\":\"image_generation_call\",\"id\":\"ig_1\"}"}}]})");
    row("a remote tool with its result",
        R"({"type":"mcp_call","id":"m1","name":"ask","arguments":"{}","output":"42","error":null})",
        R"([{"role":"assistant","content":"","tool_calls":[{"id":"m1","type":"function","function":{"name":"ask","arguments":"{}"}}]},)"
        R"({"role":"tool","tool_call_id":"m1","content":"42"}])");
}

void TestResponsesMapping::showsOutputs()
{
    QFETCH(QByteArray, items);
    EventMedia media;
    const TraceRecord record = recordOf("{}", R"({"status":"completed","output":[)" + items + "]}");
    QTEST(ObservationText::output(record, &media), "expected");
}

/// field-notes 8: other proxies show 0 tokens, because the counts have names of their own here.
void TestResponsesMapping::countsTokensOnce()
{
    const OtlpSpan span = OtlpMapping::toSpan(
        recordOf(
            R"({"model":"gpt-5.5","reasoning":{"effort":"low"},"service_tier":"auto","max_output_tokens":64})",
            R"({"id":"resp_2","model":"gpt-5.5-2026-04-23","status":"completed","service_tier":"flex","output":[],)"
            R"("usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":10},)"
            R"("output_tokens":50,"output_tokens_details":{"reasoning_tokens":20},"total_tokens":150}})"),
        {});
    QCOMPARE(attribute(span, "type"), "generation");
    QCOMPARE(attribute(span, "model.name"), "gpt-5.5-2026-04-23");
    QCOMPARE(attribute(span, "usage_details"),
        R"({"input":30,"input_cached_tokens":60,"input_cache_creation":10,"output":30,"output_reasoning_tokens":20,"total":150})");
    QCOMPARE(attribute(span, "model.parameters"),
        R"({"max_output_tokens":64,"reasoning":"{\"effort\":\"low\"}","service_tier":"flex"})");
    QCOMPARE(attribute(span, "metadata.finish_reason"), "completed");
}

void TestResponsesMapping::namesAnswerAndPredecessor()
{
    const OtlpSpan span = OtlpMapping::toSpan(recordOf(R"({"previous_response_id":"resp_1"})",
                                                  R"({"id":"resp_2","status":"completed","output":[]})"),
        {});
    QCOMPARE(attribute(span, "metadata.response_id"), "resp_2");
    QCOMPARE(attribute(span, "metadata.previous_response_id"), "resp_1");
}

REGISTER_TEST(TestResponsesMapping)
#include "tst_responsesmapping.moc"
