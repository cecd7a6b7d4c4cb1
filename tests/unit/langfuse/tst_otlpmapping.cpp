// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/otlpmapping.h"
#include "support/testprogram.h"

#include "samplerecord.h"

#include <functional>

class TestOtlpMapping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAChatCompletion();
    void sets_data();
    void sets();
    void listsTags();
    void isDeterministic();
};

namespace {

using Change = std::function<void(TraceRecord*)>;
using Row = std::function<void(const char*, const Change&, const char*, const QByteArray&)>;

QByteArray textAt(const OtlpSpan& span, const QByteArray& key)
{
    const QByteArray fullKey = "langfuse." + key;
    const SpanAttribute* attribute = span.find(fullKey);
    if (!attribute)
        return "(none)";
    if (attribute->kind == SpanAttribute::Kind::Bool)
        return attribute->isTrue ? "true" : "false";
    if (attribute->kind == SpanAttribute::Kind::Integer)
        return QByteArray::number(attribute->number);
    return attribute->kind == SpanAttribute::Kind::TextList ? attribute->list.join('|') : attribute->text;
}

void addPromptRows(const Row& row)
{
    const Change links = [](TraceRecord* r) {
        r->attribution.promptName = "greet";
        r->attribution.promptVersion = 3;
    };
    row("prompt name", links, "observation.prompt.name", "greet");
    row("prompt version", links, "observation.prompt.version", "3");
    row("no prompt", {}, "observation.prompt.version", "(none)");
    const Change linksASpan = [links](TraceRecord* r) {
        links(r);
        r->dialect.clear();
    };
    row("a span has no prompt", linksASpan, "observation.prompt.name", "(none)");
}

void addErrorRows(const Row& row)
{
    const Change fails = [](TraceRecord* r) {
        r->status = 429;
        r->errorCode = "rate_limit_error";
        r->errorMessage = "slow down";
        r->usage.reset();
        r->output = {};
        r->responseBody = R"({"error":{"message":"slow down"}})";
    };
    row("error level", fails, "observation.level", "ERROR");
    row("error message", fails, "observation.status_message", "slow down");
    row("error body is the output", fails, "observation.output", R"({"error":{"message":"slow down"}})");
    row("failed calls cost nothing", fails, "observation.usage_details",
        R"({"input":0,"output":0,"total":0})");
    row(
        "status without words", [](TraceRecord* r) { r->status = 503; }, "observation.status_message",
        "HTTP 503");
    const Change unreachable = [](TraceRecord* r) {
        r->status = 0;
        r->outcome = CallOutcome::UpstreamFailed;
        r->errorCode = "connection_error";
        r->errorMessage = "refused";
        r->output = {};
    };
    row("unreachable", unreachable, "observation.output",
        R"({"error":{"code":"connection_error","message":"refused"}})");
    row("outcome", unreachable, "observation.metadata.outcome", "upstream_failed");
    row(
        "a compressed error body is no text",
        [fails](TraceRecord* r) {
            fails(r);
            r->responseHeaders = {{"Content-Encoding", "gzip"}};
        },
        "observation.output", R"({"error":{"code":"rate_limit_error","message":"slow down"}})");
    row(
        "a stream that failed late keeps what was charged",
        [](TraceRecord* r) { r->errorCode = "incomplete"; }, "observation.usage_details",
        R"({"input":10,"output":5,"total":15})");
    const Change cancelled = [](TraceRecord* r) {
        r->outcome = CallOutcome::ClientCancelled;
        r->errorCode = "client_cancelled";
        r->usage.reset();
    };
    row("cancelled is a warning", cancelled, "observation.level", "WARNING");
    row("cancelled with text: Langfuse counts it", cancelled, "observation.usage_details", "(none)");
    row(
        "cancelled before any text",
        [cancelled](TraceRecord* r) {
            cancelled(r);
            r->output = {};
        },
        "observation.usage_details", R"({"input":0,"output":0,"total":0})");
}

Change ofDialect(const char* dialect)
{
    return [dialect](TraceRecord* r) { r->dialect = dialect; };
}

// What each endpoint becomes: langfuse.md 0, 3 and 7.
void addDialectRows(const Row& row)
{
    for (const char* dialect : {"openai.chat", "openai.completions", "openai.responses", "openai.images",
             "openai.speech", "openai.transcriptions", "anthropic.messages", "gemini.generateContent"})
        row(dialect, ofDialect(dialect), "observation.type", "generation");
    for (const char* dialect : {"openai.embeddings", "gemini.embedContent"})
        row(dialect, ofDialect(dialect), "observation.type", "embedding");
    for (const char* dialect : {"openai.moderations", "anthropic.countTokens", "gemini.countTokens"})
        row(dialect, ofDialect(dialect), "observation.type", "span");
    const Change counted = ofDialect("anthropic.countTokens");
    row("what is counted is charged nothing", counted, "observation.usage_details", "(none)");
    row("nor does it name a model that has a price", counted, "observation.model.name", "(none)");
    row("but says which it was", counted, "observation.metadata.model", "gpt-5.5-2026-04-23");
    row("a generation says so in its own field", {}, "observation.metadata.model", "(none)");

    const Change embedding = [](TraceRecord* r) {
        r->dialect = "openai.embeddings";
        r->usage = Usage();
        r->usage->input = r->usage->total = 8;
    };
    row("embedding usage", embedding, "observation.usage_details", R"({"input":8,"total":8})");
    row(
        "a failed embedding costs nothing",
        [embedding](TraceRecord* r) {
            embedding(r);
            r->status = 400;
            r->usage.reset();
        },
        "observation.usage_details", R"({"input":0,"output":0,"total":0})");
    const Change seconds = [](TraceRecord* r) {
        r->dialect = "openai.transcriptions";
        r->usage = Usage();
        r->usage->json = R"({"type":"duration","seconds":9})";
    };
    row("a duration has no tokens", seconds, "observation.usage_details", "(none)");
    row(
        "unknown usage is absent", [](TraceRecord* r) { r->usage.reset(); }, "observation.usage_details",
        "(none)");
}

void addTraceRows(const Row& row)
{
    const Change nested = [](TraceRecord* r) {
        r->attribution.parentSpanId = "00f067aa0ba902b7";
        r->attribution.isAppRoot = false;
    };
    const Change foreign = [](TraceRecord* r) { r->attribution.parentSpanId = "00f067aa0ba902b7"; };
    row("a plain root needs no mark", {}, "internal.is_app_root", "(none)");
    row("a foreign parent: version 4", foreign, "internal.is_app_root", "true");
    row("a foreign parent: version 3", foreign, "internal.as_root", "true");
    row("inside a Langfuse trace", nested, "internal.is_app_root", "(none)");
    row("inside a Langfuse trace the name stays", nested, "trace.name", "(none)");
    row(
        "the caller's trace name", [](TraceRecord* r) { r->attribution.traceName = "job"; }, "trace.name",
        "job");
    row(
        "session without control characters",
        [](TraceRecord* r) { r->attribution.sessionId = QByteArray("a\0b\nc", 5); }, "session.id", "abc");
    row(
        "session is cut", [](TraceRecord* r) { r->attribution.sessionId = QByteArray(900, 's'); },
        "session.id", QByteArray(800, 's'));
    row(
        "user", [](TraceRecord* r) { r->attribution.userId = "u1"; }, "user.id", "u1");
    row("environment as configured", {}, "environment", "staging");
    row(
        "environment of the call", [](TraceRecord* r) { r->attribution.environment = "CI"; }, "environment",
        "ci");
    row("release", {}, "release", "r7");
    row(
        "version", [](TraceRecord* r) { r->attribution.version = "2.1"; }, "version", "2.1");
    const Change metadata = [](TraceRecord* r) {
        r->attribution.metadata = {{"team", "\"caf\\u00e9\""}, {"n", "1.0"}, {"method", "\"mine\""}};
    };
    row("metadata text", metadata, "trace.metadata.team", "caf\xc3\xa9");
    row("metadata number as it came", metadata, "observation.metadata.n", "1.0");
    row("metadata can't take our word", metadata, "observation.metadata.method", "POST");
    row("but stands on the trace", metadata, "trace.metadata.method", "mine");
    row("request id", {}, "trace.metadata.request_id", "req-1");
}

void addTypeRows(const Row& row)
{
    const Change files = [](TraceRecord* r) {
        r->dialect.clear();
        r->target = "/v1/files?limit=2";
        r->requestModel.clear();
        r->responseModel.clear();
        r->input = {};
        r->output = {};
        r->usage.reset();
        r->requestText = "asked";
        r->responseText = "answered";
    };
    row("a route without dialect is a span", files, "observation.type", "span");
    row("its text is the input", files, "observation.input", "asked");
    row("its text is the output", files, "observation.output", "answered");
    row("it has no usage", files, "observation.usage_details", "(none)");
    row("its path has no query", files, "trace.name", "/v1/files");
    const Change binary = [files](TraceRecord* r) {
        files(r);
        r->requestText.clear();
        r->responseText.clear();
        r->requestHeaders = {{"Content-Type", "Multipart/Form-Data; boundary=b"}};
        r->requestBody = "--b\r\nfirst line of a text file";
        r->requestBytes = 5000;
        r->responseHeaders = {{"Content-Type", "application/octet-stream"}};
        r->responseBody = QByteArray("\0", 1);
        r->responseBytes = 1234;
    };
    row("a file is no input", binary, "observation.input", "[multipart/form-data, 5000 bytes]");
    row("bytes are type and size", binary, "observation.output", "[application/octet-stream, 1234 bytes]");
    row(
        "Gemini model", [](TraceRecord* r) { r->responseModel = "models/gemini-3.7-flash"; },
        "observation.model.name", "gemini-3.7-flash");
    row(
        "asked model when none answered", [](TraceRecord* r) { r->responseModel.clear(); },
        "observation.model.name", "gpt-5.5");
    const Change parameters = [](TraceRecord* r) {
        r->parameters = {
            {"temperature", "0.70"}, {"service_tier", "\"auto\""}, {"stop", "[\"a\"]"}, {"stream", "true"}};
    };
    row("parameters as they came, nested ones as text", parameters, "observation.model.parameters",
        R"({"temperature":0.70,"service_tier":"auto","stop":"[\"a\"]","stream":true})");
    row(
        "the served tier counts",
        [parameters](TraceRecord* r) {
            parameters(r);
            r->serviceTier = "priority";
        },
        "observation.model.parameters",
        R"({"temperature":0.70,"stop":"[\"a\"]","stream":true,"service_tier":"priority"})");
    const Change streams = [](TraceRecord* r) {
        r->isStream = true;
        r->firstTokenUs = 199000;
    };
    row("first token of a stream", streams, "observation.completion_start_time", "2026-11-23T08:32:32.000Z");
    row(
        "no first token without a stream", [](TraceRecord* r) { r->firstTokenUs = 5; },
        "observation.completion_start_time", "(none)");
    row(
        "verbatim input", [](TraceRecord* r) { r->verbatimInput = R"({"messages":[ 1.0 ]})"; },
        "observation.input", R"({"messages":[ 1.0 ]})");
    row(
        "verbatim input with a large picture takes the common shape",
        [](TraceRecord* r) {
            r->verbatimInput = "{\"messages\":[\"data:image/png;base64," + QByteArray(9000, 'A') + "\"]}";
        },
        "observation.input", R"({"messages":[{"role":"user","content":"hello"}]})");
    row(
        "reported cost", [](TraceRecord* r) { r->usage->costJson = "0.5"; }, "observation.cost_details",
        R"({"total":0.5})");
    row(
        "unparsed request text",
        [](TraceRecord* r) {
            r->input = {};
            r->requestBody = "{broken \xc3";
        },
        "observation.input", "{broken ");
}

} // namespace

void TestOtlpMapping::mapsAChatCompletion()
{
    const OtlpSpan span = OtlpMapping::toSpan(sampleRecord(), {});
    QCOMPARE(span.traceId, Ids::traceIdFor("req-1"));
    QCOMPARE(span.spanId, Ids::spanIdFor("req-1"));
    QCOMPARE(span.parentSpanId, QByteArray());
    QCOMPARE(span.name, QByteArray("gpt-5.5-2026-04-23"));
    QCOMPARE(span.startNs, 1795422751801000000);
    QCOMPARE(span.endNs - span.startNs, 1500600000);
    QVERIFY(!span.isError);
    QList<QByteArray> lines;
    for (const SpanAttribute& attribute : span.attributes)
        lines.append(attribute.key.sliced(9) + '=' + attribute.text);
    const QList<QByteArray> expected{
        "observation.type=generation",
        "observation.model.name=gpt-5.5-2026-04-23",
        R"(observation.usage_details={"input":10,"output":5,"total":15})",
        "trace.name=/v1/chat/completions",
        "trace.metadata.request_id=req-1",
        "observation.metadata.method=POST",
        "observation.metadata.path=/v1/chat/completions",
        "observation.metadata.statusCode=200",
        "observation.metadata.isStreaming=false",
        "observation.metadata.ttfbMs=120",
        "observation.metadata.totalDurationMs=1501",
        "observation.metadata.truncated=false",
        "observation.metadata.request_id=req-1",
        "observation.metadata.provider=openai",
        "observation.metadata.outcome=completed",
        "observation.metadata.finish_reason=stop",
        R"(observation.input={"messages":[{"role":"user","content":"hello"}]})",
        R"(observation.output={"role":"assistant","content":"hi there"})",
    };
    QCOMPARE(lines, expected);
}

void TestOtlpMapping::sets_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const Change& change, const char* key, const QByteArray& expected) {
        QTest::newRow(name) << change << QByteArray(key) << expected;
    };
    addTypeRows(row);
    addPromptRows(row);
    addDialectRows(row);
    addErrorRows(row);
    addTraceRows(row);
}

void TestOtlpMapping::sets()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, key);
    TraceRecord record = sampleRecord();
    if (change)
        change(&record);
    const OtlpSpan span = OtlpMapping::toSpan(record, {.environment = "staging", .release = "r7"});
    QTEST(textAt(span, key), "expected");
}

void TestOtlpMapping::listsTags()
{
    TraceRecord record = sampleRecord();
    record.attribution.tags = {"a", QByteArray("\0", 1), "vision"};
    const OtlpSpan span = OtlpMapping::toSpan(record, {});
    QCOMPARE(span.find("langfuse.trace.tags")->list, (QList<QByteArray>{"a", "vision"}));
}

void TestOtlpMapping::isDeterministic()
{
    QCOMPARE(OtlpMapping::toSpan(sampleRecord(), {}), OtlpMapping::toSpan(sampleRecord(), {}));
}

REGISTER_TEST(TestOtlpMapping)
#include "tst_otlpmapping.moc"
