// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the answers of the endpoints that are no conversation say. The bodies have the shapes that the
// providers' references show (2026-11; each dialect's header names its page), shortened.

#include "everychunking.h"
#include "support/testprogram.h"

#include "base/medianote.h"

#include <functional>

class EndpointAnswersTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnswers_data();
    void readsAnswers();
    void readsErrors_data();
    void readsErrors();
    void marksCutStreams_data();
    void marksCutStreams();
    void findsTheFirstToken();
    void notesImagesThatAreTooLarge();
    void countsMillionsOfNumbers();
    void cutsTextsAtTheBound();
    void countsMediaApart();
};

namespace {

const QByteArray jsonType = "application/json";
const QByteArray sse = "text/event-stream";

struct Answered
{
    QByteArray type;
    QByteArray body;
    QByteArrayList output;
    QByteArray usage = "none";
    bool isComplete = true;
    QByteArray model = {};
};

using Row = std::function<void(const char*, const char*, const Answered&)>;

DialectContext contextOf(const QByteArray& type, int status = 200)
{
    return {"/", type, status, 1 << 20, 1 << 20};
}

QByteArray data(const QByteArray& document)
{
    return "data: " + document + "\n\n";
}

const QByteArray completionStream
    = data(R"({"id":"c","model":"m-1","choices":[{"index":1,"text":"B","finish_reason":null}]})")
    + data(
        R"({"model":"m-1","choices":[{"index":0,"text":"A"},{"index":1,"text":"b","finish_reason":"stop"}]})")
    + data(R"({"model":"m-1","choices":[{"index":0,"text":"","finish_reason":"length"}]})")
    + data(R"({"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}})")
    + data("[DONE]");
const QByteArray imageStream
    = data(R"({"type":"image_generation.partial_image","b64_json":"AAAA","partial_image_index":0})")
    + data(R"({"type":"image_generation.completed","b64_json":"iVBO","output_format":"webp","usage":)"
           R"({"input_tokens":50,"output_tokens":60,"total_tokens":110,"input_tokens_details":)"
           R"({"text_tokens":10,"image_tokens":40}}})");
const QByteArray speechStream = data(R"({"type":"speech.audio.delta","audio":"AAECAw=="})")
    + data(R"({"type":"speech.audio.delta","audio":"BA=="})")
    + data(
        R"({"type":"speech.audio.done","usage":{"input_tokens":14,"output_tokens":101,"total_tokens":115}})");
const QByteArray transcriptStream = data(R"({"type":"transcript.text.delta","delta":"Caf\u00e9 "})")
    + data(R"({"type":"transcript.text.delta","delta":"now","logprobs":[]})")
    + data(
        R"({"type":"transcript.text.done","text":"Caf\u00e9 now","usage":{"type":"tokens","input_tokens":14,)"
        R"("input_token_details":{"text_tokens":4,"audio_tokens":10},"output_tokens":5,"total_tokens":19}})");

void addTextRows(const Row& row)
{
    row("completion", "openai.completions",
        {jsonType,
            R"({"id":"c","object":"text_completion","model":"m-1","choices":[{"text":"Once","index":0,)"
            R"("finish_reason":"length"}],"usage":{"prompt_tokens":5,"completion_tokens":7,"total_tokens":12}})",
            {"assistant (length)", "  Text text=Once"}, "5 - - - - - 7 - - 12", true, "m-1"});
    row("streamed completion", "openai.completions",
        {sse, completionStream, {"assistant (length)", "  Text text=A", "assistant (stop)", "  Text text=Bb"},
            "3 - - - - - 4 - - 7", true, "m-1"});
    row("embedding", "openai.embeddings",
        {jsonType,
            R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.25,-1.5,1e-3]}],)"
            R"("model":"e-1","usage":{"prompt_tokens":8,"total_tokens":8}})",
            {"assistant", "  Text text=1 embedding of 3 dimensions"}, "8 - - - - - - - - 8", true, "e-1"});
    row("embeddings in base64", "openai.embeddings",
        {jsonType, R"({"data":[{"embedding":"AACAPgAAwL8="},{"embedding":"AACAPgAAwL8="}],"model":"e-1"})",
            {"assistant", "  Text text=2 embeddings of 2 dimensions"}, "none", true, "e-1"});
    row("Gemini embedding", "gemini.embedContent",
        {jsonType, R"({"embedding":{"values":[0.25,-1.5]}})",
            {"assistant", "  Text text=1 embedding of 2 dimensions"}});
    row("Gemini embeddings with counts", "gemini.embedContent",
        {jsonType,
            R"({"embeddings":[{"values":[1],"statistics":{"tokenCount":3}},{"values":[2],"statistics":)"
            R"({"tokenCount":4}}]})",
            {"assistant", "  Text text=2 embeddings of 1 dimensions"}, "7 - - - - - - - - 7"});
    row("Gemini embeddings with a usage", "gemini.embedContent",
        {jsonType, R"({"embeddings":[{"values":[1,2]}],"usageMetadata":{"promptTokenCount":9}})",
            {"assistant", "  Text text=1 embedding of 2 dimensions"}, "9 - - - - - - - - 9"});
    row("Anthropic's count", "anthropic.countTokens",
        {jsonType, R"({"input_tokens":2095})", {"assistant", "  Text text=2095 input tokens"}});
    row("Gemini's count", "gemini.countTokens",
        {jsonType, R"({"totalTokens":31,"cachedContentTokenCount":10,"promptTokensDetails":[]})",
            {"assistant", "  Text text=31 tokens, 10 of them cached"}});
    row("a count of something else", "gemini.countTokens", {jsonType, R"({"totalTokens":"x"})", {}});
    row("moderation", "openai.moderations",
        {jsonType,
            R"({"id":"modr-1","model":"omni-moderation-2024-09-26","results":[{"flagged":true,"categories":)"
            R"({"harassment":true,"sexual":false,"self-harm/intent":true},"category_scores":{"harassment":0.9}},)"
            R"({"flagged":false,"categories":{"harassment":false}},{"flagged":true}]})",
            {"assistant", "  Text text=flagged: harassment, self-harm/intent", "  Text text=not flagged",
                "  Text text=flagged"},
            "none", true, "omni-moderation-2024-09-26"});
}

void addMediaRows(const Row& row)
{
    row("images", "openai.images",
        {jsonType,
            R"({"created":1,"data":[{"b64_json":"iVBO"},{"url":"https://example.org/a.png","revised_prompt":)"
            R"("A black cat"}],"output_format":"jpeg","usage":{"input_tokens":50,"output_tokens":60,)"
            R"("total_tokens":110,"input_tokens_details":{"text_tokens":10,"image_tokens":40}}})",
            {"assistant", "  Image text=data:image/jpeg;base64,iVBO type=image/jpeg",
                "  Text text=A black cat", "  Image text=https://example.org/a.png"},
            "10 - - - - - 60 - - 110"});
    row("images of dall-e, which tells no usage", "openai.images",
        {jsonType, R"({"data":[{"b64_json":"iVBO"}]})",
            {"assistant", "  Image text=data:image/png;base64,iVBO type=image/png"}});
    row("streamed image", "openai.images",
        {sse, imageStream, {"assistant", "  Image text=data:image/webp;base64,iVBO type=image/webp"},
            "10 - - - - - 60 - - 110"});
    row("speech", "openai.speech",
        {"audio/mpeg", QByteArray("\xff\xfb\x00{[\"", 6),
            {"assistant", R"(  Audio json={"type":"audio/mpeg","bytes":6} type=audio/mpeg)"}, "none", false});
    row("speech of an unknown type", "openai.speech",
        {"application/octet-stream", "123",
            {"assistant",
                R"(  Audio json={"type":"application/octet-stream","bytes":3} type=application/octet-stream)"},
            "none", false});
    row("streamed speech", "openai.speech",
        {sse, speechStream, {"assistant", R"(  Audio json={"bytes":5})"}, "14 - - - - - 101 - - 115"});
    row("transcript", "openai.transcriptions",
        {jsonType,
            R"({"text":"Hello","usage":{"type":"tokens","input_tokens":14,"input_token_details":)"
            R"({"text_tokens":4,"audio_tokens":10},"output_tokens":5,"total_tokens":19}})",
            {"assistant", "  Text text=Hello"}, "4 - - - - 10 5 - - 19"});
    row("transcript by the second", "openai.transcriptions",
        {jsonType, R"({"text":"Hello","usage":{"type":"duration","seconds":9}})",
            {"assistant", "  Text text=Hello"}, "- - - - - - - - - -"});
    row("verbose transcript", "openai.transcriptions",
        {jsonType,
            R"({"task":"transcribe","language":"english","duration":8.47,"text":"Hello","segments":[{"id":0,)"
            R"("text":"Hello"}]})",
            {"assistant", "  Text text=Hello"}, "- - - - - - - - - -"});
    row("transcript of silence", "openai.transcriptions",
        {jsonType, R"({"text":""})", {"assistant", "  Text"}});
    row("streamed transcript", "openai.transcriptions",
        {sse, transcriptStream, {"assistant", "  Text text=Caf\xc3\xa9 now"}, "4 - - - - 10 5 - - 19"});
    row("transcript as text", "openai.transcriptions",
        {"text/plain", "[Music] Caf\xc3\xa9\n", {"assistant", "  Text text=[Music] Caf\xc3\xa9\n"}, "none",
            false});
    row("subtitles", "openai.transcriptions",
        {"text/vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n",
            {"assistant", "  Text text=WEBVTT\n\n00:00.000 --> 00:01.000\nHi\n"}, "none", false});
    row("an empty transcript", "openai.transcriptions", {"text/plain", "", {}, "none", false});
}

const Dialect* dialectNamed(const QByteArray& name)
{
    for (const Dialect* const dialect : allDialects()) {
        if (dialect->name() == name)
            return dialect;
    }
    return nullptr;
}

} // namespace

void EndpointAnswersTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArrayList>("output");
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<QByteArray>("model");
    const Row row = [](const char* name, const char* dialect, const Answered& answered) {
        QTest::newRow(name) << QByteArray(dialect) << answered.type << answered.body << answered.output
                            << answered.usage << answered.isComplete << answered.model;
    };
    addTextRows(row);
    addMediaRows(row);
}

void EndpointAnswersTest::readsAnswers()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    const ParsedResponse response = readEveryChunking(*dialectNamed(dialect), contextOf(type), body);
    QTEST(described(response.output.messages), "output");
    QTEST(described(response.usage), "usage");
    QTEST(response.isComplete, "isComplete");
    QTEST(response.model, "model");
    QCOMPARE(described(response.error), "none");
}

void EndpointAnswersTest::readsErrors_data()
{
    QTest::addColumn<QByteArray>("dialect");
    for (const Dialect* const dialect : allDialects())
        QTest::newRow(dialect->name().constData()) << dialect->name();
}

/// Whatever an endpoint answers when it succeeds, it fails in JSON, and may fail in the middle of a stream.
void EndpointAnswersTest::readsErrors()
{
    QFETCH(QByteArray, dialect);
    const QByteArray error = R"({"error":{"message":"Slow","type":"rate_limit_error","code":"x"}})";
    const ParsedResponse refused = readEveryChunking(*dialectNamed(dialect), contextOf(jsonType, 429), error);
    QCOMPARE(described(refused.error), "rate_limit_error|x|Slow");
    QVERIFY(refused.output.isEmpty());
    QVERIFY(!refused.usage);
    const ParsedResponse late = readEveryChunking(
        *dialectNamed(dialect), contextOf(sse), "event: error\n" + data(error) + data("[1,"));
    QCOMPARE(described(late.error), "rate_limit_error|x|Slow");
    const ParsedResponse page
        = readEveryChunking(*dialectNamed(dialect), contextOf("text/html", 502), "<h1>Bad Gateway</h1>");
    QVERIFY(page.output.isEmpty());
    QVERIFY(!page.isComplete);
}

void EndpointAnswersTest::marksCutStreams_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("images") << QByteArray("openai.images") << imageStream;
    QTest::newRow("speech") << QByteArray("openai.speech") << speechStream;
    QTest::newRow("transcript") << QByteArray("openai.transcriptions") << transcriptStream;
    QTest::newRow("completion") << QByteArray("openai.completions")
                                << completionStream.first(
                                       completionStream.indexOf(
                                           "data: {\"model\":\"m-1\",\"choices\":[{\"index\":0,\"text\":\"\"")
                                       + 4);
}

void EndpointAnswersTest::marksCutStreams()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, stream);
    const ParsedResponse response
        = readEveryChunking(*dialectNamed(dialect), contextOf(sse), stream.chopped(4));
    QVERIFY(!response.isComplete);
    QVERIFY(!response.error);
    QVERIFY(!response.usage);
}

void EndpointAnswersTest::findsTheFirstToken()
{
    QCOMPARE(firstTokenEvent(*dialectNamed("openai.completions"), contextOf(sse), completionStream), 0);
    QCOMPARE(firstTokenEvent(*dialectNamed("openai.images"), contextOf(sse), imageStream), 0);
    QCOMPARE(firstTokenEvent(*dialectNamed("openai.speech"), contextOf(sse), speechStream), 0);
    QCOMPARE(firstTokenEvent(*dialectNamed("openai.transcriptions"), contextOf(sse), transcriptStream), 0);
}

void EndpointAnswersTest::notesImagesThatAreTooLarge()
{
    DialectContext context = contextOf(jsonType);
    context.maxTextBytes = 1000;
    const QByteArray front
        = R"({"data":[{"b64_json":")"; // pictures have a bound of their own, 8 times as high
    const ParsedResponse kept
        = readChunks(*dialectNamed("openai.images"), context, {front + QByteArray(4000, 'A') + "\"}]}"});
    QCOMPARE(kept.output.messages.first().parts.first().text.size(), 4022);
    QCOMPARE(kept.omittedBytes, 0);
    const ParsedResponse response
        = readChunks(*dialectNamed("openai.images"), context, {front + QByteArray(12'000, 'A') + "\"}]}"});
    QCOMPARE(described(response.output.messages),
        (QByteArrayList{"assistant",
            "  Image text=" + mediaNote("image/png", QByteArray(9000, '\0')) + " type=image/png"}));
    QVERIFY(response.omittedBytes >= 12'000);
}

/// A full batch: 2,048 vectors, here of 1,024 numbers, is more than a document may be.
void EndpointAnswersTest::countsMillionsOfNumbers()
{
    const QByteArray vector = R"({"object":"embedding","index":0,"embedding":[)"
        + QByteArray("-0.0123,").repeated(1023) + "0.5]}";
    const std::unique_ptr<ResponseReader> reader
        = dialectNamed("openai.embeddings")->makeResponseReader(contextOf(jsonType));
    reader->feed(R"({"object":"list","data":[)", 0);
    for (int i = 0; i < 2048; ++i) {
        reader->feed(i == 0 ? "" : ",", 0);
        reader->feed(vector, 0);
    }
    reader->feed(R"(],"model":"e","usage":{"prompt_tokens":2048,"total_tokens":2048}})", 0);
    reader->finish();
    QCOMPARE(described(reader->response().output.messages).last(),
        "  Text text=2048 embeddings of 1024 dimensions");
    QCOMPARE(described(reader->response().usage), "2048 - - - - - - - - 2048");
}

void EndpointAnswersTest::cutsTextsAtTheBound()
{
    DialectContext context = contextOf("text/plain");
    context.maxTextBytes = 5;
    const ParsedResponse response
        = readEveryChunking(*dialectNamed("openai.transcriptions"), context, "abcdefg");
    QCOMPARE(described(response.output.messages).last(), "  Text text=abcde");
    QCOMPARE(response.omittedBytes, 2);
}

void EndpointAnswersTest::countsMediaApart()
{
    const ParsedResponse image = readChunks(*dialectNamed("openai.images"), contextOf(jsonType),
        {R"({"data":[],"usage":{"input_tokens":50,"output_tokens":60,"total_tokens":110,"input_tokens_details":)"
         R"({"text_tokens":10,"image_tokens":40},"output_tokens_details":{"text_tokens":8,"image_tokens":52}}})"});
    QCOMPARE(image.usage->input, std::optional<qint64>(10));
    QCOMPARE(image.usage->inputImage, std::optional<qint64>(40));
    QCOMPARE(image.usage->output, std::optional<qint64>(8));
    QCOMPARE(image.usage->outputImage, std::optional<qint64>(52));
    const ParsedResponse sound = readChunks(
        *dialectNamed("openai.transcriptions"), contextOf(jsonType), {R"({"text":"x","duration":8.470})"});
    QCOMPARE(sound.usage->json, R"({"type":"duration","seconds":8.470})");
}

REGISTER_TEST(EndpointAnswersTest)
#include "tst_endpointanswers.moc"
