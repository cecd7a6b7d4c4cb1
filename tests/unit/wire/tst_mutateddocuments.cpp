// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every dialect with documents that somebody broke: nothing crashes, no bound is passed, and the chunking
// never matters. The mutations come from a fixed seed, so that a failure can be repeated.

#include "everychunking.h"
#include "support/sanitized.h"
#include "support/testprogram.h"

#include "wire/formreader.h"
#include "wire/jsonparser.h"

#include <QRandomGenerator>

class MutatedDocumentsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnswersTheSameInAnyChunking_data();
    void readsAnswersTheSameInAnyChunking();
    void readsRequests_data();
    void readsRequests();
    void readsForms();
};

namespace {

constexpr int mutationsOfADocument = isSanitized ? 4 : 12;
constexpr int mutationsOfARequest = isSanitized ? 20 : 80;
constexpr int mutationsOfAForm = 300;
constexpr qsizetype maxTextBytes = 200; // low, so that bounds are met too

const QByteArrayList types{"application/json", "text/event-stream", "audio/mpeg", "text/plain"};

const QByteArray form
    = "--b1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1\r\n"
      "--b1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b%22.mp3\"\r\n"
      "Content-Type: audio/mpeg\r\n\r\n\r\n--b\r\n--\r\n--b1 \r\n\r\n\r\n--b1--\r\n";

QByteArrayList answers()
{
    QByteArrayList bodies;
    for (const char* name : {"anthropic-answer.json", "anthropic-error.sse", "anthropic-stream.sse",
             "gemini-answer.json", "gemini-stream.json", "openairesponses-answer.json",
             "openairesponses-stream.sse", "gemini-stream.sse", "openaichat-answer.json",
             "openaichat-compatible.sse", "openaichat-error.sse", "openaichat-stream.sse"})
        bodies.append(golden(name));
    bodies.append(
        R"({"object":"list","data":[{"embedding":[0.25,-1],"index":0},{"embedding":"AACAPgAAwL8="}],)"
        R"("model":"e","usage":{"prompt_tokens":8,"total_tokens":8}})");
    bodies.append(R"({"embeddings":[{"values":[1,2],"statistics":{"tokenCount":3}}]})");
    bodies.append(
        R"({"results":[{"flagged":true,"categories":{"a":true}}],"totalTokens":3,"input_tokens":4})");
    bodies.append(
        R"({"data":[{"b64_json":"iVBO","revised_prompt":"p"},{"url":"u"}],"text":"t","duration":8.5})");
    bodies.append(
        "data: {\"type\":\"transcript.text.delta\",\"delta\":\"a\"}\n\n"
        "data: {\"type\":\"speech.audio.delta\",\"audio\":\"AAEC\"}\n\n"
        "data: {\"type\":\"image_edit.completed\",\"b64_json\":\"AA\",\"usage\":{\"input_tokens\":1}}\n\n"
        "data: {\"type\":\"transcript.text.done\",\"text\":\"b\"}\n\n");
    return bodies;
}

/// What breaks documents: bytes lost, doubled, replaced, or put in from where they mean something.
QByteArray mutated(const QByteArray& document, QRandomGenerator* random)
{
    static const QByteArrayList words{"\"", "\\", "{", "}", "[", "]", ",", ":", "\n", "\r\n\r\n", "\xff",
        "null", "-1", "1e999", "\"\\ud83d\"", "data: ", "event: error\n", QByteArray(1, '\0'), "[DONE]",
        "--b1"};
    QByteArray result = document;
    for (int change = random->bounded(1, 4); change > 0 && !result.isEmpty(); --change) {
        const qsizetype at = random->bounded(int(result.size()));
        const qsizetype length = qMin<qsizetype>(random->bounded(1, 40), result.size() - at);
        switch (random->bounded(5)) {
        case 0:
            result.remove(at, length);
            break;
        case 1:
            result.insert(at, result.mid(at, length));
            break;
        case 2:
            result[at] = char(random->bounded(256));
            break;
        case 3:
            result.insert(at, words.at(random->bounded(int(words.size()))));
            break;
        default:
            result.truncate(at);
            break;
        }
    }
    return result;
}

QByteArrayList randomChunks(const QByteArray& document, QRandomGenerator* random)
{
    QByteArrayList chunks;
    for (qsizetype at = 0; at < document.size();) {
        const qsizetype size = random->bounded(1, 30);
        chunks.append(document.mid(at, size));
        at += size;
    }
    return chunks;
}

QByteArrayList singleBytes(const QByteArray& document)
{
    QByteArrayList chunks;
    for (const char c : document)
        chunks.append(QByteArray(1, c));
    return chunks;
}

void addDialectRows()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < allDialects().size(); ++i)
        QTest::newRow(allDialects().at(i)->name().constData()) << i;
}

qsizetype textBytes(const ParsedResponse& response)
{
    qsizetype bytes = 0;
    for (const Message& message : response.output.messages) {
        for (const Part& part : message.parts) {
            if (part.kind != Part::Kind::Image && part.kind != Part::Kind::Audio) // those have a note
                bytes += part.text.size();
        }
    }
    return bytes;
}

} // namespace

void MutatedDocumentsTest::readsAnswersTheSameInAnyChunking_data()
{
    addDialectRows();
}

void MutatedDocumentsTest::readsAnswersTheSameInAnyChunking()
{
    QFETCH(int, index);
    const Dialect& dialect = *allDialects().at(index);
    QRandomGenerator random(20261124);
    for (const QByteArray& original : answers()) {
        for (int i = 0; i < mutationsOfADocument; ++i) {
            const QByteArray document = i == 0 ? original : mutated(original, &random);
            const DialectContext context{
                "/", types.at(i % types.size()), i % 5 == 4 ? 500 : 200, maxTextBytes, 3000};
            const ParsedResponse whole = readChunks(dialect, context, {document});
            const bool isSame = readChunks(dialect, context, singleBytes(document)) == whole
                && readChunks(dialect, context, randomChunks(document, &random)) == whole;
            QVERIFY2(isSame, document.toPercentEncoding(" {}[]\",:").constData());
            QVERIFY(textBytes(whole) <= 3 * maxTextBytes); // U+FFFD is three bytes
        }
    }
}

void MutatedDocumentsTest::readsRequests_data()
{
    addDialectRows();
}

void MutatedDocumentsTest::readsRequests()
{
    QFETCH(int, index);
    const Dialect& dialect = *allDialects().at(index);
    QRandomGenerator random(20261124);
    QByteArrayList bodies{
        R"({"model":"m","input":["a",[1,2],{"text":"b"},{"image_url":{"url":"data:image/png"}}],)"
        R"("prompt":"p","image":[{"filename":"a"}],"images":[{"file_id":"f"}],"stream":"true"})",
        R"({"requests":[{"content":{"parts":[{"text":"a"}]}}],"generateContentRequest":{"contents":{}}})"};
    for (const char* name : {"anthropic-request.json", "gemini-request.json", "openaichat-request.json",
             "openairesponses-request.json"})
        bodies.append(golden(name));
    for (const QByteArray& original : bodies) {
        for (int i = 0; i < mutationsOfARequest; ++i) {
            const QByteArray body = i == 0 ? original : mutated(original, &random);
            const ParsedRequest request = dialect.readRequest(body, {});
            QVERIFY(request.isValid || request == ParsedRequest());
        }
    }
}

void MutatedDocumentsTest::readsForms()
{
    QRandomGenerator random(20261124);
    const auto read = [](const QByteArrayList& chunks) {
        FormReader reader("b1", 10);
        for (const QByteArray& chunk : chunks)
            reader.feed(chunk);
        reader.finish();
        return reader.json();
    };
    for (int i = 0; i < mutationsOfAForm; ++i) {
        const QByteArray body = mutated(form, &random);
        const QByteArray whole = read({body});
        QCOMPARE(read(singleBytes(body)), whole);
        QCOMPARE(read(randomChunks(body, &random)), whole);
        JsonParser parser;
        QVERIFY2(whole.isEmpty() || parser.parse(whole).isObject(), whole.constData());
    }
}

REGISTER_TEST(MutatedDocumentsTest)
#include "tst_mutateddocuments.moc"
