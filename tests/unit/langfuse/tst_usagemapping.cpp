// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/usagemapping.h"
#include "support/testprogram.h"

class TestUsageMapping final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesBuckets_data();
    void namesBuckets();
    void takesReportedCost_data();
    void takesReportedCost();
};

void TestUsageMapping::namesBuckets_data()
{
    QTest::addColumn<Usage>("usage");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const Usage& usage, const char* model, const char* expected) {
        QTest::newRow(name) << usage << QByteArray(model) << QByteArray(expected);
    };
    Usage usage;
    usage.input = 60;
    usage.inputCached = 40;
    usage.output = 30;
    usage.outputReasoning = 20;
    usage.total = 150;
    row("OpenAI", usage, "gpt-5.5-2026-04-23",
        R"({"input":60,"input_cached_tokens":40,"output":30,"output_reasoning_tokens":20,"total":150})");
    row("gpt-5.4-mini has no price for reasoning", usage, "gpt-5.4-mini-2026-03-01",
        R"({"input":60,"input_cached_tokens":40,"output":50,"total":150})");
    row("the same with a vendor prefix", usage, "openai/gpt-5.4-nano",
        R"({"input":60,"input_cached_tokens":40,"output":50,"total":150})");
    row("Gemini reasoning", usage, "gemini-3.7-flash",
        R"({"input":60,"input_cached_tokens":40,"output":30,"output_reasoning_tokens":20,"total":150})");

    Usage write;
    write.input = 1;
    write.cacheWrite = 40;
    write.output = 2;
    row("OpenAI cache writes, total from the sum", write, "gpt-5.6-mini",
        R"({"input":1,"input_cache_creation":40,"output":2,"total":43})");

    Usage anthropic;
    anthropic.input = 12;
    anthropic.inputCached = 100;
    anthropic.cacheWrite5m = 7;
    anthropic.cacheWrite1h = 9;
    anthropic.output = 3;
    row("Anthropic", anthropic, "claude-opus-5",
        R"({"input":12,"input_cached_tokens":100,"input_cache_creation_5m":7,"input_cache_creation_1h":9,)"
        R"("output":3,"total":131})");

    Usage audio;
    audio.input = 10;
    audio.inputAudio = 20;
    audio.output = 5;
    audio.outputAudio = 15;
    audio.total = 50;
    row("audio models price text by its own name", audio, "gpt-4o-audio-preview",
        R"({"input_text_tokens":10,"input_audio_tokens":20,"output_text_tokens":5,"output_audio_tokens":15,"total":50})");
    row("realtime too", audio, "gpt-realtime",
        R"({"input_text_tokens":10,"input_audio_tokens":20,"output_text_tokens":5,"output_audio_tokens":15,"total":50})");
    row("Gemini with an audio price", audio, "gemini-2.5-flash",
        R"({"input":10,"input_audio_tokens":20,"output":20,"total":50})");
    row("Gemini without one", audio, "gemini-3.7-flash", R"({"input":30,"output":20,"total":50})");

    Usage embedding;
    embedding.input = 8;
    embedding.total = 8;
    row("embedding", embedding, "text-embedding-3-small", R"({"input":8,"total":8})");

    Usage image;
    image.input = 10;
    image.inputImage = 40;
    image.output = 60;
    image.total = 110;
    row("pictures counted apart", image, "gpt-image-1",
        R"({"input_text_tokens":10,"input_image_tokens":40,"output":60,"total":110})");
    image.output = 8;
    image.outputImage = 52;
    row("pictures counted apart in the answer too", image, "gpt-image-1",
        R"({"input_text_tokens":10,"input_image_tokens":40,"output_text_tokens":8,"output_image_tokens":52,"total":110})");

    Usage searches;
    searches.input = 5;
    searches.output = 6;
    searches.webSearches = 2;
    row("searches have a price, but are no tokens", searches, "gemini-3.7-flash",
        R"({"input":5,"output":6,"web_search_queries":2,"total":11})");
    row("searches without a price", searches, "claude-opus-5", R"({"input":5,"output":6,"total":11})");

    Usage seconds;
    seconds.json = R"({"type":"duration","seconds":9})";
    row("a duration is no token", seconds, "whisper-1", "");

    Usage totalOnly;
    totalOnly.total = 9;
    row("total only", totalOnly, "m", R"({"total":9})");
    Usage zero;
    zero.input = 0;
    zero.output = 0;
    row("all zero", zero, "m", R"({"input":0,"output":0,"total":0})");
    row("nothing known", Usage(), "m", "");
}

void TestUsageMapping::namesBuckets()
{
    QFETCH(Usage, usage);
    QFETCH(QByteArray, model);
    QTEST(UsageMapping::usageDetails(usage, model), "expected");
}

void TestUsageMapping::takesReportedCost_data()
{
    QTest::addColumn<QByteArray>("cost");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("number") << QByteArray("0.00120") << QByteArray(R"({"total":0.00120})");
    QTest::newRow("free") << QByteArray("0") << QByteArray(R"({"total":0})");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("negative") << QByteArray("-1") << QByteArray();
    QTest::newRow("text") << QByteArray("\"1\"") << QByteArray();
    QTest::newRow("broken") << QByteArray("1.") << QByteArray();
}

void TestUsageMapping::takesReportedCost()
{
    QFETCH(QByteArray, cost);
    Usage usage;
    usage.costJson = cost;
    QTEST(UsageMapping::costDetails(usage), "expected");
}

REGISTER_TEST(TestUsageMapping)
#include "tst_usagemapping.moc"
