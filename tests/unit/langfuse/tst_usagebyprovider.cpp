// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// From a provider's answer to the buckets that Langfuse prices: the cases of langfuse.md 3, with what raw
// usage would have cost wrongly. In every case the buckets are exclusive: they sum up to the total.

#include "langfuse/usagemapping.h"
#include "support/testprogram.h"

#include "wire/dialects.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <functional>

class TestUsageByProvider final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
};

namespace {

using Row = std::function<void(const char*, const char*, const char*, const char*, const char*)>;

void addOpenAiRows(const Row& row)
{
    const char* const chat = "openai.chat";
    row("chat", chat, "gpt-5.5",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"prompt_tokens_details":)"
        R"({"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":20}})",
        R"({"input":60,"input_cached_tokens":40,"output":30,"output_reasoning_tokens":20,"total":150})");
    row("chat with one key more", chat, "gpt-5.5",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"queue_time":0.1})",
        R"({"input":100,"output":50,"total":150})");
    row("cache writes", chat, "gpt-5.6-mini",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"prompt_tokens_details":)"
        R"({"cached_tokens":20,"cache_write_tokens":40}})",
        R"({"input":40,"input_cached_tokens":20,"input_cache_creation":40,"output":50,"total":150})");
    row("reasoning where it has no price", chat, "gpt-5.4-mini",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"completion_tokens_details":)"
        R"({"reasoning_tokens":20}})",
        R"({"input":100,"output":50,"total":150})");
    row("predictions stay in the output", chat, "gpt-4o",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"completion_tokens_details":)"
        R"({"accepted_prediction_tokens":10,"rejected_prediction_tokens":5}})",
        R"({"input":100,"output":50,"total":150})");
    row("audio", chat, "gpt-4o-audio-preview",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"prompt_tokens_details":)"
        R"({"audio_tokens":70},"completion_tokens_details":{"audio_tokens":45}})",
        R"({"input_text_tokens":30,"input_audio_tokens":70,"output_text_tokens":5,"output_audio_tokens":45,"total":150})");
    row("DeepSeek", chat, "deepseek-chat",
        R"({"prompt_tokens":100,"completion_tokens":50,"total_tokens":150,"prompt_cache_hit_tokens":64,)"
        R"("prompt_cache_miss_tokens":36})",
        R"({"input":36,"input_cached_tokens":64,"output":50,"total":150})");
    row("Responses", "openai.responses", "gpt-5.5",
        R"({"input_tokens":100,"output_tokens":50,"total_tokens":150,"input_tokens_details":{"cached_tokens":40},)"
        R"("output_tokens_details":{"reasoning_tokens":20}})",
        R"({"input":60,"input_cached_tokens":40,"output":30,"output_reasoning_tokens":20,"total":150})");
    row("completions", "openai.completions", "gpt-3.5-turbo-instruct",
        R"({"prompt_tokens":3,"completion_tokens":4,"total_tokens":7})",
        R"({"input":3,"output":4,"total":7})");
    row("embeddings", "openai.embeddings", "text-embedding-3-small",
        R"({"prompt_tokens":8,"total_tokens":8})", R"({"input":8,"total":8})");
    row("images", "openai.images", "gpt-image-1",
        R"({"input_tokens":50,"output_tokens":60,"total_tokens":110,"input_tokens_details":{"text_tokens":10,)"
        R"("image_tokens":40}})",
        R"({"input_text_tokens":10,"input_image_tokens":40,"output":60,"total":110})");
    row("transcription", "openai.transcriptions", "gpt-4o-transcribe",
        R"({"type":"tokens","input_tokens":14,"input_token_details":{"text_tokens":4,"audio_tokens":10},)"
        R"("output_tokens":5,"total_tokens":19})",
        R"({"input":4,"input_audio_tokens":10,"output":5,"total":19})");
    row("transcription by the second", "openai.transcriptions", "whisper-1",
        R"({"type":"duration","seconds":9})", "");
}

void addOtherRows(const Row& row)
{
    const char* const messages = "anthropic.messages";
    row("Anthropic with lifetimes", messages, "claude-opus-5",
        R"({"input_tokens":12,"cache_read_input_tokens":100,"cache_creation_input_tokens":16,"cache_creation":)"
        R"({"ephemeral_5m_input_tokens":7,"ephemeral_1h_input_tokens":9},"output_tokens":3})",
        R"({"input":12,"input_cached_tokens":100,"input_cache_creation_5m":7,"input_cache_creation_1h":9,"output":3,"total":131})");
    row("Anthropic without lifetimes", messages, "claude-opus-5",
        R"({"input_tokens":12,"cache_creation_input_tokens":16,"output_tokens":3})",
        R"({"input":12,"input_cache_creation":16,"output":3,"total":31})");
    row("Anthropic with a web search", messages, "claude-opus-5",
        R"({"input_tokens":12,"output_tokens":3,"server_tool_use":{"web_search_requests":2}})",
        R"({"input":12,"output":3,"total":15})");
    row("Anthropic's count is charged nothing", "anthropic.countTokens", "claude-opus-5",
        R"({"input_tokens":12,"output_tokens":3})", "");

    const char* const generate = "gemini.generateContent";
    row("Gemini", generate, "gemini-3.7-flash",
        R"({"promptTokenCount":100,"cachedContentTokenCount":70,"candidatesTokenCount":30,"thoughtsTokenCount":10,)"
        R"("totalTokenCount":140})",
        R"({"input":30,"input_cached_tokens":70,"output":30,"output_reasoning_tokens":10,"total":140})");
    row("Gemini with tools of its own", generate, "gemini-3.7-flash",
        R"({"promptTokenCount":100,"toolUsePromptTokenCount":20,"candidatesTokenCount":30,"totalTokenCount":150})",
        R"({"input":120,"output":30,"total":150})");
    const char* const heard
        = R"({"promptTokenCount":100,"cachedContentTokenCount":30,"candidatesTokenCount":30,"totalTokenCount":130,)"
          R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":80},{"modality":"TEXT","tokenCount":20}],)"
          R"("cacheTokensDetails":[{"modality":"AUDIO","tokenCount":30}],"candidatesTokensDetails":)"
          R"([{"modality":"IMAGE","tokenCount":25}]})";
    row("Gemini that heard, with a price for it", generate, "gemini-2.5-flash", heard,
        R"({"input":20,"input_cached_tokens":30,"input_audio_tokens":50,"output":30,"total":130})");
    row("Gemini that heard, without one", generate, "gemini-3.7-flash", heard,
        R"({"input":70,"input_cached_tokens":30,"output":30,"total":130})");
    row("Gemini embeddings", "gemini.embedContent", "gemini-embedding-001", R"({"promptTokenCount":9})",
        R"({"input":9,"total":9})");
}

/// The smallest answer of that dialect with that usage in it.
QByteArray answer(const QByteArray& dialect, const QByteArray& usage)
{
    if (dialect.startsWith("gemini"))
        return "{\"usageMetadata\":" + usage + '}';
    const bool isResponse = dialect == "openai.responses";
    return QByteArray("{\"type\":\"message\",")
        + (isResponse ? R"("object":"response","status":"completed","output":[],)" : "")
        + "\"usage\":" + usage + '}';
}

} // namespace

void TestUsageByProvider::names_data()
{
    QTest::addColumn<QByteArray>("dialect");
    QTest::addColumn<QByteArray>("model");
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("expected");
    const Row row = [](const char* name, const char* dialect, const char* model, const char* usage,
                        const char* expected) {
        QTest::newRow(name) << QByteArray(dialect) << QByteArray(model) << QByteArray(usage)
                            << QByteArray(expected);
    };
    addOpenAiRows(row);
    addOtherRows(row);
}

void TestUsageByProvider::names()
{
    QFETCH(QByteArray, dialect);
    QFETCH(QByteArray, model);
    QFETCH(QByteArray, usage);
    QByteArray details;
    for (const Dialect* const each : allDialects()) {
        if (each->name() != dialect)
            continue;
        const std::unique_ptr<ResponseReader> reader
            = each->makeResponseReader({"/", "application/json", 200, 1 << 20, 1 << 20});
        reader->feed(answer(dialect, usage), 0);
        reader->finish();
        if (reader->response().usage)
            details = UsageMapping::usageDetails(*reader->response().usage, model);
    }
    QTEST(details, "expected");
    if (details.isEmpty())
        return;
    const QJsonObject buckets = QJsonDocument::fromJson(details).object();
    qint64 sum = 0;
    for (const QString& key : buckets.keys())
        sum += key == QLatin1String("total") ? 0 : buckets[key].toInteger();
    QCOMPARE(sum, buckets[QLatin1String("total")].toInteger());
}

REGISTER_TEST(TestUsageByProvider)
#include "tst_usagebyprovider.moc"
