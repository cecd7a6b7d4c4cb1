// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sound that came from the prompt cache: counted once, and told apart, because it has a price of its own.

#include "support/testprogram.h"
#include "wire/geminiusage.h"
#include "wire/jsonparser.h"
#include "wire/openaiusage.h"

class TestCachedAudio final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isToldApart_data();
    void isToldApart();
};

namespace {

QByteArray number(std::optional<qint64> tokens)
{
    return tokens ? QByteArray::number(*tokens) : QByteArray("-");
}

} // namespace

void TestCachedAudio::isToldApart_data()
{
    QTest::addColumn<bool>("isGemini");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("buckets"); // input, cached, sound of it, other sound
    // developers.openai.com/api/reference, realtime response.done: cached audio is in both other numbers.
    QTest::newRow("OpenAI") << false
                            << QByteArray(R"({"input_tokens":100,"output_tokens":5,"total_tokens":105,)"
                                          R"("input_token_details":{"text_tokens":40,"audio_tokens":60,)"
                                          R"("cached_tokens":50,"cached_tokens_details":)"
                                          R"({"text_tokens":20,"audio_tokens":30}}})")
                            << QByteArray("20 50 30 30");
    QTest::newRow("OpenAI, not said") << false
                                      << QByteArray(R"({"prompt_tokens":100,"completion_tokens":5,)"
                                                    R"("prompt_tokens_details":{"cached_tokens":50,)"
                                                    R"("audio_tokens":30}})")
                                      << QByteArray("20 50 - 30");
    // ai.google.dev/api/generate-content, UsageMetadata.
    QTest::newRow("Gemini")
        << true
        << QByteArray(R"({"promptTokenCount":100,"cachedContentTokenCount":60,"totalTokenCount":100,)"
                      R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":80},)"
                      R"({"modality":"TEXT","tokenCount":20}],)"
                      R"("cacheTokensDetails":[{"modality":"AUDIO","tokenCount":50},)"
                      R"({"modality":"TEXT","tokenCount":10}]})")
        << QByteArray("10 60 50 30");
    QTest::newRow("Gemini, text only")
        << true
        << QByteArray(R"({"promptTokenCount":100,"cachedContentTokenCount":60,"totalTokenCount":100,)"
                      R"("cacheTokensDetails":[{"modality":"TEXT","tokenCount":60}]})")
        << QByteArray("40 60 0 -");
    QTest::newRow("Gemini, not said")
        << true
        << QByteArray(R"({"promptTokenCount":100,"cachedContentTokenCount":60,"totalTokenCount":100})")
        << QByteArray("40 60 - -");
}

void TestCachedAudio::isToldApart()
{
    QFETCH(bool, isGemini);
    QFETCH(QByteArray, json);
    JsonParser parser;
    const JsonValue root = parser.parse(json);
    const auto usage = isGemini ? readGeminiUsage(root) : readOpenAiUsage(root);
    QVERIFY(usage);
    QList<QByteArray> buckets;
    for (const auto& tokens : {usage->input, usage->inputCached, usage->inputCachedAudio, usage->inputAudio})
        buckets.append(number(tokens));
    QTEST(buckets.join(' '), "buckets");
}

REGISTER_TEST(TestCachedAudio)
#include "tst_cachedaudio.moc"
