// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/openaipath.h"

class OpenAiPathTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsPaths_data();
    void readsPaths();
};

void OpenAiPathTest::readsPaths_data()
{
    QTest::addColumn<QByteArray>("openai");
    QTest::addColumn<QByteArray>("gemini");
    QTest::addColumn<QByteArray>("deployment");
    const auto row
        = [](const char* path, const char* openai, const char* gemini = "", const char* deployment = "") {
              QTest::newRow(path) << QByteArray(openai) << QByteArray(gemini) << QByteArray(deployment);
          };
    row("/v1/chat/completions", "chat/completions");
    row("/v1/responses/resp_1/cancel", "responses/resp_1/cancel");
    row("/v1/", "");
    row("/v1", "");
    row("/v2/chat/completions", "");
    row("/v1beta/openai/chat/completions", "", "chat/completions");
    row("/openai/v1/responses", "responses");
    row("/openai/responses", "responses");
    row("/openai/deployments/gpt%205/chat/completions", "chat/completions", "", "gpt%205");
    row("/openai/deployments/gpt-5/", "", "", "gpt-5");
    row("/openai/deployments/gpt-5", "deployments/gpt-5");
    row("/openai/deployments//chat/completions", "deployments//chat/completions");
    row("/openai/", "");
    row("/x/v1/chat/completions", "");
    row("", "");
}

void OpenAiPathTest::readsPaths()
{
    const QByteArray path = QTest::currentDataTag();
    QTEST(openAiEndpoint("openai", path).toByteArray(), "openai");
    QTEST(openAiEndpoint("gemini", path).toByteArray(), "gemini");
    QTEST(azureDeployment(path).toByteArray(), "deployment");
    QVERIFY(openAiEndpoint("anthropic", path).isEmpty());
}

REGISTER_TEST(OpenAiPathTest)
#include "tst_openaipath.moc"
