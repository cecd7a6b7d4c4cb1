// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which requests are whose, and what each provider's rules make of credentials.

#include "headwith.h"
#include "proxy/provider.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

class TestProviders final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void routes_data();
    void routes();
    void preparesCredentials_data();
    void preparesCredentials();
    void removesTheQueryKeyOnlyForAnOverride();
    void addsTheAnthropicVersionOnlyWhenAbsent();
};

void TestProviders::routes_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("provider"); // empty: 404
    const HeaderList none;
    const HeaderList version{{"Anthropic-Version", "2023-06-01"}};
    const HeaderList google{{"X-Goog-Api-Key", "k"}};
    const auto add = [](const char* target, const HeaderList& headers, const char* provider) {
        QTest::addRow("%s %s", target, headers.isEmpty() ? "" : headers.at(0).name.constData())
            << QByteArray(target) << headers << QByteArray(provider);
    };
    add("/v1/messages", none, "anthropic");
    add("/v1/messages?beta=true", none, "anthropic");
    add("/v1/messages/count_tokens?beta=true", none, "anthropic");
    add("/v1/messages/batches/x/results", none, "anthropic");
    add("/v1/messages", google, "anthropic");
    add("/v1/messagesx", none, "openai");
    add("/v1/models?limit=1000", version, "anthropic");
    add("/v1/files", version, "anthropic");
    add("/v1/models", google, "gemini");
    add("/v1/models/gemini:generateContent", google, "gemini");
    add("/v1beta/models/g:streamGenerateContent?alt=sse", none, "gemini");
    add("/v1beta/openai/chat/completions", none, "gemini");
    add("/v1alpha/x", none, "gemini");
    add("/upload/v1beta/files", none, "gemini");
    add("/upload/v1/files", none, "");
    add("/v1/chat/completions", none, "openai");
    add("/v1/models", none, "openai");
    add("/v1/", none, "openai");
    add("/v1", none, "");
    add("/v1beta", none, "");
    add("/v2/chat", none, "");
    add("/V1/models", none, "");
    add("/", none, "");
    add("//v1/models", none, "");
    add("*", none, "");
    add("/x?/v1/models", none, "");
    add("/api/health", none, "");
    add("/v1beta2/x", none, "");
}

void TestProviders::routes()
{
    QFETCH(QByteArray, target);
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, provider);
    for (const char* method : {"GET", "POST", "PATCH", "PROPFIND"}) {
        RequestHead head = headWith(headers, target);
        head.method = method;
        const Provider* found = providerFor(head);
        QCOMPARE(found ? found->id : QByteArray(), provider);
    }
}

void TestProviders::preparesCredentials_data()
{
    QTest::addColumn<const Provider*>("provider");
    QTest::addColumn<QByteArray>("override");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<HeaderList>("prepared");
    const auto add = [](const char* name, const Provider& provider, const char* override,
                         const HeaderList& in, const HeaderList& out) {
        QTest::addRow("%s, %s", provider.id.constData(), name)
            << &provider << QByteArray(override) << in << out;
    };
    const Header bearer{"Authorization", "Bearer mine"};
    const Header basic{"Authorization", "Basic mine"};

    const Provider& openai = openaiProvider();
    add("the consumer's", openai, "", {bearer}, {bearer});
    add("none", openai, "", {}, {});
    add("override", openai, "ours", {{"a", "1"}, {"authorization", "Bearer mine"}, {"b", "2"}},
        {{"a", "1"}, {"authorization", "Bearer ours"}, {"b", "2"}});
    add("override where none was", openai, "ours", {}, {{"Authorization", "Bearer ours"}});
    add("override of two", openai, "ours", {bearer, basic}, {{"Authorization", "Bearer ours"}});

    const Provider& anthropic = anthropicProvider();
    const Header version{"anthropic-version", "2023-06-01"};
    const Header oauth{"Authorization", "Bearer sk-ant-oat01-x"};
    add("x-api-key", anthropic, "", {{"X-Api-Key", "mine"}, version}, {{"X-Api-Key", "mine"}, version});
    add("plain bearer", anthropic, "", {bearer, version}, {{"x-api-key", "mine"}, version});
    add("OAuth bearer", anthropic, "", {oauth, version}, {oauth, version});
    add("both stay", anthropic, "", {bearer, {"x-api-key", "k"}, version},
        {bearer, {"x-api-key", "k"}, version});
    add("basic stays", anthropic, "", {basic, version}, {basic, version});
    add("override", anthropic, "ours", {version, {"X-Api-Key", "mine"}, bearer},
        {version, {"X-Api-Key", "ours"}});
    add("override of OAuth", anthropic, "ours", {oauth, version}, {{"x-api-key", "ours"}, version});

    const Provider& gemini = geminiProvider();
    const Header google{"X-Goog-Api-Key", "mine"};
    const Header ya29{"Authorization", "Bearer ya29.x"};
    add("x-goog-api-key", gemini, "", {google}, {google});
    add("x-goog-api-key beside bearer", gemini, "", {google, bearer}, {google, bearer});
    add("x-api-key", gemini, "", {{"x-api-key", "mine"}}, {{"x-goog-api-key", "mine"}});
    add("plain bearer", gemini, "", {bearer}, {{"x-goog-api-key", "mine"}});
    add("OAuth bearer", gemini, "", {ya29}, {ya29});
    add("x-api-key beside OAuth", gemini, "", {ya29, {"x-api-key", "mine"}},
        {ya29, {"x-goog-api-key", "mine"}});
    add("override", gemini, "ours", {google, {"x-api-key", "mine"}, ya29}, {{"X-Goog-Api-Key", "ours"}});
    add("override where none was", gemini, "ours", {}, {{"x-goog-api-key", "ours"}});
}

void TestProviders::preparesCredentials()
{
    QFETCH(const Provider*, provider);
    QFETCH(QByteArray, override);
    QFETCH(HeaderList, headers);
    QFETCH(HeaderList, prepared);
    Config config;
    config.*(provider->apiKey) = Secret(override);
    RequestHead head = headWith(headers, "/v1/x");
    provider->prepare(&head, config);
    QCOMPARE(head.headers, prepared);
    QCOMPARE(head.target, "/v1/x"_ba);
}

void TestProviders::removesTheQueryKeyOnlyForAnOverride()
{
    const QByteArray target = "/v1beta/x?alt=sse&key=mine";
    Config config;
    RequestHead head = headWith({{"Authorization", "Bearer other"}}, target);
    geminiProvider().prepare(&head, config);
    QCOMPARE(head.target, target);
    QCOMPARE(head.headers, HeaderList({{"Authorization", "Bearer other"}}));
    config.geminiApiKey = Secret("ours");
    geminiProvider().prepare(&head, config);
    QCOMPARE(head.target, "/v1beta/x?alt=sse"_ba);
}

void TestProviders::addsTheAnthropicVersionOnlyWhenAbsent()
{
    Config config;
    config.anthropicVersion = "2030-01-01";
    RequestHead head = headWith({{"x-api-key", "k"}}, "/v1/messages");
    anthropicProvider().prepare(&head, config);
    QCOMPARE(head.headers, HeaderList({{"x-api-key", "k"}, {"anthropic-version", "2030-01-01"}}));
    head = headWith({{"Anthropic-Version", "2023-01-01"}, {"x-api-key", "k"}}, "/v1/messages");
    anthropicProvider().prepare(&head, config);
    QCOMPARE(head.headers.at(0), (Header{"Anthropic-Version", "2023-01-01"}));
    QCOMPARE(head.headers.size(), 2);
}

REGISTER_TEST(TestProviders)
#include "tst_providers.moc"
