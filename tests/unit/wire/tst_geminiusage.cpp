// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Gemini's counts in exclusive buckets: whatever it tells apart, they add up to the total.

#include "support/testprogram.h"
#include "wire/geminigenerate.h"

#include "everychunking.h"

class GeminiUsageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsInExclusiveBuckets_data();
    void countsInExclusiveBuckets();
    void countsDrawnPicturesApart();

private:
    const GeminiGenerate m_dialect{};
    const DialectContext m_json{
        "/v1beta/models/gemini-3.7-flash:generateContent", "application/json", 200, 1 << 20, 1 << 20};
};

void GeminiUsageTest::countsInExclusiveBuckets_data()
{
    QTest::addColumn<QByteArray>("usage");
    QTest::addColumn<QByteArray>("counts");

    const auto row = [](const char* name, const char* usage, const char* counts) {
        QTest::newRow(name) << QByteArray(usage) << QByteArray(counts);
    };
    row("plain", R"({"promptTokenCount":9,"candidatesTokenCount":2,"totalTokenCount":11})",
        "9 - - - - - 2 - - 11");
    row("no answer", R"({"promptTokenCount":9,"thoughtsTokenCount":5,"totalTokenCount":14})",
        "9 - - - - - - 5 - 14");
    row("more cached than prompt",
        R"({"promptTokenCount":9,"cachedContentTokenCount":20,"totalTokenCount":9})", "0 20 - - - - - - - 9");
    row("total missing", R"({"promptTokenCount":9,"cachedContentTokenCount":4,"candidatesTokenCount":2})",
        "5 4 - - - - 2 - - 11");
    row("nothing known", R"({"trafficType":"ON_DEMAND"})", "none");
    row("heard and said",
        R"({"promptTokenCount":100,"candidatesTokenCount":30,"thoughtsTokenCount":5,"totalTokenCount":135,)"
        R"("promptTokensDetails":[{"modality":"TEXT","tokenCount":20},{"modality":"AUDIO","tokenCount":80}],)"
        R"("candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":25},{"modality":"TEXT","tokenCount":5}]})",
        "20 - - - - 80 5 5 25 135");
    row("heard, partly from the cache",
        R"({"promptTokenCount":100,"cachedContentTokenCount":60,"candidatesTokenCount":3,"totalTokenCount":103,)"
        R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":80},{"modality":"TEXT","tokenCount":20}],)"
        R"("cacheTokensDetails":[{"modality":"AUDIO","tokenCount":50},{"modality":"TEXT","tokenCount":10}]})",
        "10 60 - - - 30 3 - - 103");
    row("heard, of what tools brought too",
        R"({"promptTokenCount":100,"toolUsePromptTokenCount":40,"candidatesTokenCount":3,"totalTokenCount":143,)"
        R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":80},{"modality":"TEXT","tokenCount":20}],)"
        R"("toolUsePromptTokensDetails":[{"modality":"AUDIO","tokenCount":30},{"modality":"TEXT","tokenCount":10}]})",
        "30 - - - - 110 3 - - 143");
    row("heard, and nobody says what of it was cached",
        R"({"promptTokenCount":100,"cachedContentTokenCount":95,"totalTokenCount":100,)"
        R"("promptTokensDetails":[{"modality":"AUDIO","tokenCount":80},{"modality":"TEXT","tokenCount":20}]})",
        "0 95 - - - 5 - - - 100");
    row("seen costs as much as read",
        R"({"promptTokenCount":278,"candidatesTokenCount":3,"totalTokenCount":281,"promptTokensDetails":)"
        R"([{"modality":"TEXT","tokenCount":20},{"modality":"IMAGE","tokenCount":258}]})",
        "278 - - - - - 3 - - 281");
    row("details without numbers",
        R"({"promptTokenCount":9,"totalTokenCount":9,"promptTokensDetails":[{"modality":"AUDIO"},7,"x"],)"
        R"("candidatesTokensDetails":{"modality":"AUDIO"}})",
        "9 - - - - - - - - 9");
}

void GeminiUsageTest::countsInExclusiveBuckets()
{
    QFETCH(QByteArray, usage);
    const ParsedResponse response
        = readChunks(m_dialect, m_json, {"{\"candidates\":[],\"usageMetadata\":" + usage + '}'});
    QTEST(described(response.usage), "counts");
    if (response.usage)
        QCOMPARE(response.usage->json, usage);
}

void GeminiUsageTest::countsDrawnPicturesApart()
{
    const ParsedResponse response = readChunks(m_dialect, m_json,
        {R"({"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":1300,"totalTokenCount":1309,)"
         R"("candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":1290}]}})"});
    QCOMPARE(response.usage->outputImage, std::optional<qint64>(1290));
    QCOMPARE(described(response.usage), "9 - - - - - 10 - - 1309");
}

REGISTER_TEST(GeminiUsageTest)
#include "tst_geminiusage.moc"
