// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/bodycredentials.h"

class TestBodyCredentials final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void masksInBrokenJson();
};

void TestBodyCredentials::masks_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("masked");
    QTest::addColumn<QByteArray>("found"); // with commas between
    const auto row = [](const char* name, const char* body, const char* masked, const char* found = "") {
        QTest::newRow(name) << QByteArray(body) << QByteArray(masked) << QByteArray(found);
    };
    const auto same = [&](const char* name, const char* body) { row(name, body, body); };
    row("OpenAI, headers",
        R"( {"n": 1.0, "tools":[{"type":"mcp","headers":{"Authorization":"Bearer abcdefgh","X-Region":"eu"}}]})",
        R"( {"n": 1.0, "tools":[{"type":"mcp","headers":{"Authorization":"***","X-Region":"***"}}]})",
        "abcdefgh");
    row("OpenAI, token", R"({"tools":[{"type":"mcp","authorization":"ya29.abc"},{"type":"function"}]})",
        R"({"tools":[{"type":"mcp","authorization":"***"},{"type":"function"}]})", "ya29.abc");
    row("OpenAI, key in the URL",
        R"({"tools":[{"type":"mcp","server_url":"https:\/\/h\/mcp?key=abcdefgh&x=1","authorization":"b"}]})",
        R"({"tools":[{"type":"mcp","server_url":"https://h/mcp?key=***&x=1","authorization":"***"}]})",
        "abcdefgh,b");
    row("Anthropic", R"({"mcp_servers":[{"url":"https://h","authorization_token":"a\u0062c"},{}],"m":[]})",
        R"({"mcp_servers":[{"url":"https://h","authorization_token":"***"},{}],"m":[]})", "abc");
    row("Gemini",
        R"({"tools":[{"mcpServers":[{"streamableHttpTransport":{"headers":{"X-Api-Key":"k1"}}}]}]})",
        R"({"tools":[{"mcpServers":[{"streamableHttpTransport":{"headers":{"X-Api-Key":"***"}}}]}]})", "k1");
    row("Gemini in snake case",
        R"({"tools":[{"mcp_servers":[{"streamable_http_transport":{"url":"https://h?token=t2"}}]}]})",
        R"({"tools":[{"mcp_servers":[{"streamable_http_transport":{"url":"https://h?token=***"}}]}]})", "t2");
    row("not a text", R"({"tools":[{"type":"mcp","authorization":{"a":["b"]}}]})",
        R"({"tools":[{"type":"mcp","authorization":"***"}]})");
    same("no key", R"({"tools":[{"type":"mcp","server_url":"https://h/mcp","headers":{}}]})");
    same("an agent's own tools", R"({"tools":[{"name":"mcp__github__issue","authorization":"b"}]})");
    same("a tool's schema", R"({"tools":[{"type":"mcp"},{"parameters":{"headers":{"Authorization":"s"}}}]})");
    same("in a text", R"({"input":"\"mcp\": {\"authorization\": \"b\"}"})");
    same("no servers", R"({"tools":[{"type":"function","authorization":"b"}]})");
    same("empty", "");
}

void TestBodyCredentials::masks()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, masked);
    QFETCH(QByteArray, found);
    QByteArray changed = body;
    QList<Secret> secrets;
    const bool isChanged = BodyCredentials::mask(&changed, &secrets);
    QCOMPARE(changed, masked);
    QCOMPARE(isChanged, masked != body);
    QByteArrayList texts;
    for (const Secret& secret : secrets)
        texts.append(secret.reveal());
    QCOMPARE(texts.join(','), found);
}

void TestBodyCredentials::masksInBrokenJson()
{
    const QByteArray body
        = R"({"mcp_servers":[{"authorization_token" : "token-1"},{"url":7}],"tools":[{"headers":{"Authorization":"Bearer token-2)";
    for (qsizetype size = 0; size <= body.size(); ++size) {
        QByteArray changed = body.first(size);
        QList<Secret> secrets;
        (void)BodyCredentials::mask(&changed, &secrets);
        QVERIFY2(!changed.contains("oken-"), changed.constData());
    }
    QByteArray changed = body;
    QList<Secret> secrets;
    QVERIFY(BodyCredentials::mask(&changed, &secrets));
    QCOMPARE(changed,
        R"({"mcp_servers":[{"authorization_token" : "***"},{"url":7}],"tools":[{"headers":{"Authorization":"***")");
    QCOMPARE(secrets, (QList<Secret>{Secret("token-1"), Secret("token-2")}));
}

REGISTER_TEST(TestBodyCredentials)
#include "tst_bodycredentials.moc"
