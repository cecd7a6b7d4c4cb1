// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/redactor.h"

class TestRedactor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksSecretHeaders_data();
    void masksSecretHeaders();
    void keepsOrderCaseAndRepeats();
    void masksQueryCredentials_data();
    void masksQueryCredentials();
    void findsTheCredentialsOfARequest();
    void masksKnownSecretsInText();
    void keepsPlaceholdersInText();
};

void TestRedactor::masksSecretHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray key("sk-proj-0123456789abcdef9f2a");
    QTest::newRow("bearer") << QByteArray("Authorization") << "Bearer " + key << QByteArray("Bearer ***9f2a");
    QTest::newRow("bearer, lower") << QByteArray("authorization") << "bearer " + key
                                   << QByteArray("bearer ***9f2a");
    QTest::newRow("bearer, short") << QByteArray("authorization") << QByteArray("Bearer secret")
                                   << QByteArray("Bearer ***");
    QTest::newRow("basic shows no tail")
        << QByteArray("Authorization") << QByteArray("Basic dXNlcjpwYXNzd29yZDEyMzQ1Njc4OTA=")
        << QByteArray("Basic ***");
    QTest::newRow("authorization without scheme")
        << QByteArray("Authorization") << key << QByteArray("***9f2a");
    QTest::newRow("proxy-authorization")
        << QByteArray("Proxy-Authorization") << QByteArray("Basic YTpi") << QByteArray("Basic ***");
    for (const char* name :
        {"x-api-key", "X-Goog-Api-Key", "api-key", "X-Proxy-Api-Key", "X-Auth-Token", "x-amz-security-token",
            "X_API_KEY", "x-client-secret", "Ocp-Apim-Subscription-Key", "apikey", "x-accesstoken"})
        QTest::newRow(name) << QByteArray(name) << key << QByteArray("***9f2a");
    QTest::newRow("19 characters") << QByteArray("x-api-key") << key.left(19) << QByteArray("***");
    QTest::newRow("20 characters") << QByteArray("x-api-key") << key.right(20) << QByteArray("***9f2a");
    QTest::newRow("cookie") << QByteArray("Cookie") << "session=" + key << QByteArray("***");
    QTest::newRow("set-cookie") << QByteArray("set-cookie") << "session=" + key << QByteArray("***");
    QTest::newRow("empty") << QByteArray("x-api-key") << QByteArray() << QByteArray("***");
    for (const char* name : {"anthropic-ratelimit-tokens-remaining", "x-ratelimit-limit-tokens",
             "anthropic-ratelimit-input-token-limit", "idempotency-key", "User-Agent", "anthropic-beta",
             "request-id", "content-type", "x-session-id"})
        QTest::newRow(name) << QByteArray(name) << QByteArray("12345678901234567890abcd")
                            << QByteArray("12345678901234567890abcd");
    QTest::newRow("url with a key") << QByteArray("Location") << "https://h/p?a=1&key=" + key
                                    << QByteArray("https://h/p?a=1&key=***");
}

void TestRedactor::masksSecretHeaders()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    const HeaderList redacted = Redactor::redactHeaders({{name, value}});
    QCOMPARE(redacted.size(), 1);
    QCOMPARE(redacted.at(0).name, name);
    QCOMPARE(redacted.at(0).value, expected);
}

void TestRedactor::keepsOrderCaseAndRepeats()
{
    const HeaderList headers{{"B", "1"}, {"x-API-key", "k"}, {"a", "2"}, {"X-Api-Key", "l"}, {"B", "3"}};
    const HeaderList expected{{"B", "1"}, {"x-API-key", "***"}, {"a", "2"}, {"X-Api-Key", "***"}, {"B", "3"}};
    QCOMPARE(Redactor::redactHeaders(headers), expected);
}

void TestRedactor::masksQueryCredentials_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* target, const char* expected) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(expected);
    };
    row("/v1/x", "/v1/x");
    row("/v1/key=abc", "/v1/key=abc");
    row("/v1/x?", "/v1/x?");
    row("/v1/x?key=abc", "/v1/x?key=***");
    row("/v1/x?KEY=abc&alt=sse", "/v1/x?KEY=***&alt=sse");
    row("/v1/x?alt=sse&key=abc", "/v1/x?alt=sse&key=***");
    row("/v1/x?%6bey=abc", "/v1/x?%6bey=***");
    row("/v1/x?k%65%79=a%20b&c=%2F", "/v1/x?k%65%79=***&c=%2F");
    row("/v1/x?api_key=1&api-key=2&apikey=3", "/v1/x?api_key=***&api-key=***&apikey=***");
    row("/v1/x?access_token=1&token=2&sig=3", "/v1/x?access_token=***&token=***&sig=***");
    row("/v1/x?key=a=b", "/v1/x?key=***");
    row("/v1/x?key=a;b&c=1", "/v1/x?key=***&c=1");
    row("/v1/x?a=1;key=b", "/v1/x?a=1;key=***");
    row("/v1/x?a=1?key=b", "/v1/x?a=1?key=***");
    row("/v1/x?key=a&key=b", "/v1/x?key=***&key=***");
    row("/v1/x?key=", "/v1/x?key=***");
    row("/v1/x?key", "/v1/x?key");
    row("/v1/x?key&key=b", "/v1/x?key&key=***");
    row("/v1/x?=abc&&key=b", "/v1/x?=abc&&key=***");
    row("/v1/x?monkey=abc&keyword=b", "/v1/x?monkey=abc&keyword=b");
    row("/v1/models?pageToken=abc&page_token=d", "/v1/models?pageToken=abc&page_token=d");
    row("https://h/p#access_token=abc&a=1", "https://h/p#access_token=***&a=1");
    row("/v1/x?max_tokens=5", "/v1/x?max_tokens=5");
}

void TestRedactor::masksQueryCredentials()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, expected);
    QCOMPARE(Redactor::redactTarget(target), expected);
}

void TestRedactor::findsTheCredentialsOfARequest()
{
    const HeaderList headers{{"Authorization", "Bearer sk-abc"}, {"x-api-key", " key-2 "}, {"Cookie", "a=b"},
        {"User-Agent", "x"}, {"api-key", "sk-abc"}};
    const QList<Secret> expected{Secret("sk-abc"), Secret("key-2"), Secret("a%2Bb"), Secret("a+b")};
    QCOMPARE(Redactor::credentialsIn(headers, "/v1/x?alt=sse&key=a%2Bb"), expected);
    QVERIFY(Redactor::credentialsIn({{"Accept", "*/*"}}, "/v1/x").isEmpty());
}

void TestRedactor::masksKnownSecretsInText()
{
    QCOMPARE(Redactor::redactText("no sk-abcdefgh and sk-abcdefgh, no AIzaSy-12345",
                 {Secret("sk-abcdefgh"), Secret("AIzaSy-12345")}),
        QByteArray("no *** and ***, no ***"));
}

void TestRedactor::keepsPlaceholdersInText()
{
    const QByteArray text(R"({"tool_choice":"none"})");
    QCOMPARE(Redactor::redactText(text, {Secret("none"), Secret(), Secret("EMPTY")}), text);
}

REGISTER_TEST(TestRedactor)
#include "tst_redactor.moc"
