// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the requests of the endpoints that are no conversation say, and which paths are theirs.

#include "everychunking.h"
#include "support/testprogram.h"

#include <functional>

class EndpointRequestsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsDialects_data();
    void findsDialects();
    void readsRequests_data();
    void readsRequests();
    void refusesWhatIsNoRequest();
};

void EndpointRequestsTest::findsDialects_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("call");
    QTest::addColumn<QByteArray>("dialect");
    const auto row = [](const char* provider, const char* call, const char* dialect) {
        QTest::addRow("%s %s", provider, call)
            << QByteArray(provider) << QByteArray(call) << QByteArray(dialect);
    };
    row("openai", "POST /v1/completions", "openai.completions");
    row("openai", "POST /v1/embeddings", "openai.embeddings");
    row("openai", "POST /v1/moderations", "openai.moderations");
    row("openai", "POST /v1/images/generations", "openai.images");
    row("openai", "POST /v1/images/edits", "openai.images");
    row("openai", "POST /v1/images/variations", "openai.images");
    row("openai", "POST /v1/audio/speech", "openai.speech");
    row("openai", "POST /v1/audio/transcriptions", "openai.transcriptions");
    row("openai", "POST /v1/audio/translations", "openai.transcriptions");
    row("openai", "POST /openai/deployments/d/images/generations", "openai.images");
    row("openai", "GET /v1/embeddings", "");
    row("openai", "POST /v1/images", "");
    row("openai", "POST /v1/images/generations/x", "");
    row("openai", "POST /v1/files", "");
    row("openai", "GET /v1/files/file-1/content", "");
    row("openai", "POST /v1/batches", "");
    row("openai", "GET /v1/models", "");
    row("openai", "POST /v1beta/openai/embeddings", "");
    row("gemini", "POST /v1beta/openai/chat/completions", "openai.chat");
    row("gemini", "POST /v1beta/openai/embeddings", "openai.embeddings");
    row("gemini", "POST /v1beta/openai/images/generations", "openai.images");
    row("gemini", "POST /v1/embeddings", "");
    row("gemini", "POST /v1beta/models/e:embedContent", "gemini.embedContent");
    row("gemini", "POST /v1/models/e:batchEmbedContents", "gemini.embedContent");
    row("gemini", "POST /v1beta/tunedModels/t:countTokens", "gemini.countTokens");
    row("gemini", "GET /v1beta/models/e:embedContent", "");
    row("gemini", "POST /v1beta/models/e:batchGenerateContent", "");
    row("gemini", "POST /upload/v1beta/files", "");
    row("gemini", "GET /v1beta/models", "");
    row("anthropic", "POST /v1/messages/count_tokens", "anthropic.countTokens");
    row("anthropic", "POST /v1/messages/batches", "");
    row("anthropic", "GET /v1/models", "");
    row("openai", "POST /v1/messages/count_tokens", "");
}

void EndpointRequestsTest::findsDialects()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, call);
    const Dialect* const dialect = findDialect(provider, call.split(' ').first(), call.split(' ').last());
    QTEST(dialect ? dialect->name() : QByteArray(), "dialect");
}

namespace {

struct Asked
{
    const char* body;
    QByteArray model;
    QByteArrayList input;
    QByteArray parameters;
    bool isStream = false;
    QByteArray user = {};
};

void addTextRows(const std::function<void(const char*, const char*, const Asked&)>& row)
{
    const char* const completions = "openai /v1/completions";
    row("completion", completions,
        {R"({"model":"gpt-3.5-turbo-instruct","prompt":"Once","max_tokens":7,"stop":null,"stream":true,)"
         R"("user":"u"})",
            "gpt-3.5-turbo-instruct", {"user", "  Text text=Once"}, "max_tokens=7;stream=true;", true, "u"});
    row("completions of several prompts", completions,
        {R"({"model":"m","prompt":["a",[1,2]]})", "m",
            {"user", "  Text text=a", "user", "  Unknown json=[1,2]"}, ""});
    row("completion of tokens", completions,
        {R"({"model":"m","prompt":[1, 2]})", "m", {"user", "  Unknown json=[1, 2]"}, ""});
    row("completion without a prompt", completions, {R"({"prompt":null})", "", {}, ""});

    const char* const embeddings = "openai /v1/embeddings";
    row("embedding", embeddings,
        {R"({"model":"text-embedding-3-small","input":"Caf\u00e9","dimensions":256,"user":"u"})",
            "text-embedding-3-small", {"user", "  Text text=Caf\xc3\xa9"}, "dimensions=256;", false, "u"});
    row("embeddings", embeddings,
        {R"({"model":"m","input":["a","b"],"encoding_format":"base64"})", "m",
            {"user", "  Text text=a", "  Text text=b"}, "encoding_format=\"base64\";"});
    row("embedding of tokens", embeddings,
        {R"({"model":"m","input":[[1,2],[3]]})", "m", {"user", "  Unknown json=[1,2]", "  Unknown json=[3]"},
            ""});
    row("embedding of a deployment", "openai /openai/deployments/my%20embedder/embeddings",
        {R"({"input":"a"})", "my embedder", {"user", "  Text text=a"}, ""});
    row("embedding of nothing", embeddings,
        {R"({"model":"m","input":[]})", "m", {"user", "  Unknown json=[]"}, ""});

    row("moderation", "openai /v1/moderations",
        {R"({"model":"omni-moderation-latest","input":[{"type":"text","text":"a"},{"type":"image_url",)"
         R"("image_url":{"url":"data:image/png;base64,iVBO"}},{"type":"odd"}]})",
            "omni-moderation-latest",
            {"user", "  Text text=a", "  Image text=data:image/png;base64,iVBO type=image/png",
                "  Unknown json={\"type\":\"odd\"}"},
            ""});
    row("speech", "openai /v1/audio/speech",
        {R"({"model":"gpt-4o-mini-tts","input":"Hello","instructions":"Slowly","voice":"alloy",)"
         R"("response_format":"wav","stream_format":"sse"})",
            "gpt-4o-mini-tts", {"system", "  Text text=Slowly", "user", "  Text text=Hello"},
            "voice=\"alloy\";response_format=\"wav\";stream_format=\"sse\";", true});
}

void addFormRows(const std::function<void(const char*, const char*, const Asked&)>& row)
{
    row("transcription", "openai /v1/audio/transcriptions",
        {R"({"model":"whisper-1","file":{"filename":"a.mp3","type":"audio/mpeg","bytes":12},"prompt":"P",)"
         R"("temperature":"0","stream":"true","timestamp_granularities":["word"]})",
            "whisper-1",
            {"user", R"(  Audio json={"filename":"a.mp3","type":"audio/mpeg","bytes":12} type=audio/mpeg)",
                "  Text text=P"},
            R"(temperature="0";timestamp_granularities=["word"];stream="true";)", true});
    row("translation without a file", "openai /v1/audio/translations",
        {R"({"model":"whisper-1"})", "whisper-1", {}, ""});
    row("image", "openai /v1/images/generations",
        {R"({"model":"gpt-image-1","prompt":"A cat","n":1,"size":"1024x1024","partial_images":2,"stream":true})",
            "gpt-image-1", {"user", "  Text text=A cat"},
            "n=1;size=\"1024x1024\";partial_images=2;stream=true;", true});
    row("edit by a form", "openai /v1/images/edits",
        {R"({"model":"gpt-image-1","prompt":"B","image":[{"filename":"a.png","type":"image/png","bytes":1},)"
         R"({"filename":"b.png","bytes":2}],"mask":{"filename":"m.png","bytes":3}})",
            "gpt-image-1",
            {"user", "  Text text=B",
                R"(  Image json={"filename":"a.png","type":"image/png","bytes":1} type=image/png)",
                R"(  Image json={"filename":"b.png","bytes":2})",
                R"(  Image json={"filename":"m.png","bytes":3})"},
            ""});
    row("edit by JSON", "openai /v1/images/edits",
        {R"({"model":"m","prompt":"B","images":[{"image_url":"https://example.org/a.png"},{"file_id":"f"},{}]})",
            "m",
            {"user", "  Text text=B", "  Image text=https://example.org/a.png", "  Image text=f",
                "  Image json={}"},
            ""});
}

void addCountRows(const std::function<void(const char*, const char*, const Asked&)>& row)
{
    row("Anthropic's count", "anthropic /v1/messages/count_tokens",
        {R"({"model":"claude-opus-5","system":"S","messages":[{"role":"user","content":"Hi"}],)"
         R"("tool_choice":{"type":"auto"}})",
            "claude-opus-5", {"system", "  Text text=S", "user", "  Text text=Hi"},
            R"(tool_choice={"type":"auto"};)"});
    row("Gemini's count", "gemini /v1beta/models/gemini-3.7-flash:countTokens",
        {R"({"contents":[{"parts":[{"text":"Hi"}]}]})", "gemini-3.7-flash", {"user", "  Text text=Hi"}, ""});
    row("Gemini's count of a whole request", "gemini /v1beta/models/m:countTokens",
        {R"({"generateContentRequest":{"model":"models/m","systemInstruction":{"parts":[{"text":"S"}]},)"
         R"("contents":[{"role":"model","parts":[{"text":"Hi"}]}]}})",
            "m", {"system", "  Text text=S", "assistant", "  Text text=Hi"}, ""});
    row("Gemini embedding", "gemini /v1beta/models/gemini-embedding-001:embedContent",
        {R"({"content":{"parts":[{"text":"Hi"}]},"taskType":"RETRIEVAL_QUERY","outputDimensionality":768})",
            "gemini-embedding-001", {"user", "  Text text=Hi"},
            R"(taskType="RETRIEVAL_QUERY";outputDimensionality=768;)"});
    row("Gemini embeddings", "gemini /v1beta/models/e:batchEmbedContents",
        {R"({"requests":[{"model":"models/e","content":{"parts":[{"text":"a"}]},"task_type":"T"},)"
         R"({"content":{"parts":[{"text":"b"}]}},{}]})",
            "e", {"user", "  Text text=a", "user", "  Text text=b"}, R"(task_type="T";)"});
}

} // namespace

void EndpointRequestsTest::readsRequests_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArrayList>("input");
    QTest::addColumn<QByteArray>("parameters");
    QTest::addColumn<bool>("isStream");
    QTest::addColumn<QByteArray>("user");
    const auto row = [](const char* name, const char* target, const Asked& asked) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(asked.body) << asked.model << asked.input
                            << asked.parameters << asked.isStream << asked.user;
    };
    addTextRows(row);
    addFormRows(row);
    addCountRows(row);
}

void EndpointRequestsTest::readsRequests()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, body);
    const QByteArray path = target.split(' ').last();
    const Dialect* const dialect = findDialect(target.split(' ').first(), "POST", path);
    QVERIFY(dialect);
    const ParsedRequest request = dialect->readRequest(body, {.path = path, .responseContentType = {}});
    QVERIFY(request.isValid);
    QTEST(request.model, "model");
    QTEST(described(request.input.messages), "input");
    QTEST(described(request.parameters), "parameters");
    QTEST(request.isStream, "isStream");
    QTEST(request.user, "user");
}

void EndpointRequestsTest::refusesWhatIsNoRequest()
{
    for (const Dialect* const dialect : allDialects()) {
        for (const QByteArrayView body : {QByteArrayView(), QByteArrayView("["), QByteArrayView("[]"),
                 QByteArrayView("{\"model\":"), QByteArrayView("\xff"), QByteArrayView("12")})
            QVERIFY2(dialect->readRequest(body, {}) == ParsedRequest(), dialect->name().constData());
    }
}

REGISTER_TEST(EndpointRequestsTest)
#include "tst_endpointrequests.moc"
