// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What arrives at Langfuse of the endpoints that are no conversation, each as what it is.

#include "support/testprogram.h"
#include "tracedproxy.h"

namespace {

const QByteArray formBoundary = "----formdata-undici-012345678901";

struct EndpointCall
{
    const char* name;
    QByteArray target;
    QByteArray contentType;
    QByteArray request;
    UpstreamScript answer;
    QMap<QByteArray, QByteArray> expected; // attributes of the observation; empty: must not be there
};

QByteArray upload()
{
    const QByteArray head = "--" + formBoundary + "\r\nContent-Disposition: form-data; name=";
    return head + "\"file\"; filename=\"speech.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n"
        + QByteArray(200'000, '\xff') + "\r\n" + head + "\"model\"\r\n\r\ngpt-4o-transcribe\r\n" + head
        + "\"stream\"\r\n\r\ntrue\r\n--" + formBoundary + "--\r\n";
}

EndpointCall embeddings()
{
    return {"embeddings", "/v1/embeddings", "application/json",
        R"({"model":"text-embedding-3-small","input":["Hello","World"],"dimensions":3})",
        Answer::json(200,
            R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-1.5,1]},)"
            R"({"object":"embedding","index":1,"embedding":[0.25,-1.5,1]}],"model":"text-embedding-3-small",)"
            R"("usage":{"prompt_tokens":8,"total_tokens":8}})"),
        {{"type", "embedding"}, {"model.name", "text-embedding-3-small"},
            {"usage_details", R"({"input":8,"total":8})"}, {"model.parameters", R"({"dimensions":3})"},
            {"input",
                R"({"messages":[{"role":"user","content":[{"type":"text","text":"Hello"},)"
                R"({"type":"text","text":"World"}]}]})"},
            {"output", R"({"role":"assistant","content":"2 embeddings of 3 dimensions"})"},
            {"completion_start_time", {}}}};
}

EndpointCall transcription()
{
    return {"transcription, streamed", "/v1/audio/transcriptions",
        "multipart/form-data; boundary=" + formBoundary, upload(),
        Answer::sse({"data: {\"type\":\"transcript.text.delta\",\"delta\":\"Good \"}\n\n",
            "data: {\"type\":\"transcript.text.delta\",\"delta\":\"day\"}\n\n",
            "data: {\"type\":\"transcript.text.done\",\"text\":\"Good day\",\"usage\":{\"type\":\"tokens\","
            "\"input_tokens\":14,\"input_token_details\":{\"text_tokens\":4,\"audio_tokens\":10},"
            "\"output_tokens\":5,\"total_tokens\":19}}\n\n"}),
        {{"type", "generation"}, {"model.name", "gpt-4o-transcribe"},
            {"usage_details", R"({"input":4,"input_audio_tokens":10,"output":5,"total":19})"},
            {"input",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"{"
                "\\\"filename\\\":\\\"speech.mp3\\\","
                "\\\"type\\\":\\\"audio/mpeg\\\",\\\"bytes\\\":200000}\"}]}]}"},
            {"output", R"({"role":"assistant","content":"Good day"})"}, {"metadata.isStreaming", "true"},
            {"level", {}}}};
}

EndpointCall countTokens()
{
    return {"count_tokens", "/v1/messages/count_tokens", "application/json",
        R"({"model":"claude-opus-5","system":"Be brief.","messages":[{"role":"user","content":"Hi"}]})",
        Answer::json(200, R"({"input_tokens":2095})"),
        {{"type", "span"}, {"model.name", {}}, {"usage_details", {}}, {"metadata.model", "claude-opus-5"},
            {"input",
                R"({"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]})"},
            {"output", R"({"role":"assistant","content":"2095 input tokens"})"}}};
}

EndpointCall safetyBlock()
{
    return {"Gemini safety block", "/v1beta/models/gemini-3.7-flash:generateContent", "application/json",
        R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})",
        Answer::json(200,
            R"({"promptFeedback":{"blockReason":"PROHIBITED_CONTENT","safetyRatings":[]},"usageMetadata":)"
            R"({"promptTokenCount":5,"totalTokenCount":5},"modelVersion":"gemini-3.7-flash"})"),
        {{"type", "generation"}, {"model.name", "gemini-3.7-flash"},
            {"usage_details", R"({"input":5,"total":5})"},
            {"output", R"({"role":"assistant","content":"","refusal":"PROHIBITED_CONTENT"})"},
            {"metadata.finish_reason", "PROHIBITED_CONTENT"}, {"level", {}}}};
}

EndpointCall speech()
{
    return {"speech", "/v1/audio/speech", "application/json",
        R"({"model":"tts-1","input":"Good day","voice":"alloy"})",
        Answer::contentLength(200, {{"Content-Type", "audio/mpeg"}}, QByteArray(300'000, '\xfb')),
        {{"type", "generation"}, {"model.name", "tts-1"}, {"usage_details", {}},
            {"output",
                "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"{\\\"type\\\":\\\"audio/"
                "mpeg\\\",\\\"bytes\\\":300000}\"}]}"}}};
}

EndpointCall file()
{
    return {"refused file upload", "/v1/files", "multipart/form-data; boundary=" + formBoundary, upload(),
        Answer::json(413, R"({"error":{"message":"Too large","type":"invalid_request_error"}})"),
        {{"type", "span"}, {"usage_details", {}}, {"level", "ERROR"}, {"status_message", "Too large"},
            {"metadata.errorCode", "invalid_request_error"},
            {"input",
                R"({"file":{"filename":"speech.mp3","type":"audio/mpeg","bytes":200000},)"
                R"("model":"gpt-4o-transcribe","stream":"true"})"},
            {"output", R"({"error":{"message":"Too large","type":"invalid_request_error"}})"}}};
}

EndpointCall compatibleChat()
{
    return {"Gemini's OpenAI-compatible chat", "/v1beta/openai/chat/completions", "application/json",
        R"({"model":"gemini-3.7-flash","messages":[{"role":"user","content":"Hi"}]})",
        Answer::json(200,
            R"({"model":"gemini-3.7-flash","choices":[{"index":0,"message":{"role":"assistant","content":"Yes"},)"
            R"("finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"),
        {{"type", "generation"}, {"metadata.provider", "gemini"},
            {"usage_details", R"({"input":3,"output":2,"total":5})"},
            {"output", R"({"role":"assistant","content":"Yes"})"}}};
}

const QList<EndpointCall>& calls()
{
    static const QList<EndpointCall> all{
        embeddings(), transcription(), countTokens(), safetyBlock(), speech(), file(), compatibleChat()};
    return all;
}

UpstreamScript answerCall(const ReceivedRequest& request)
{
    return calls().at(request.headers.value("x-sample").toInt()).answer;
}

} // namespace

class TestEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tracesCalls_data();
    void tracesCalls();

private:
    TracedProxy m_site{answerCall};
};

void TestEndpoints::initTestCase()
{
    (void)calls(); // made on this thread, read on the upstream's
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
}

void TestEndpoints::tracesCalls_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < calls().size(); ++i)
        QTest::newRow(calls().at(i).name) << i;
}

void TestEndpoints::tracesCalls()
{
    QFETCH(int, index);
    const EndpointCall& call = calls().at(index);
    const QByteArray id = "endpoint-" + QByteArray::number(index);
    QVERIFY(m_site.statusOf(requestText("POST", call.target,
                "Content-Type: " + call.contentType + "\r\nX-Sample: " + QByteArray::number(index)
                    + "\r\nX-Request-Id: " + id + "\r\n",
                call.request))
        > 0);
    const LangfuseSpan span = m_site.waitForSpanOf(id);
    QVERIFY(!span.spanId.isEmpty());
    for (auto attribute = call.expected.cbegin(); attribute != call.expected.cend(); ++attribute) {
        const QByteArray value = span.attributes.value("langfuse.observation." + attribute.key());
        QVERIFY2(value == attribute.value(), (attribute.key() + " is " + value).constData());
    }
}

REGISTER_TEST(TestEndpoints)
#include "tst_endpoints.moc"
