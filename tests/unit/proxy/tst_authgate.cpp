// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The gate, and the reading of credentials that it stands on.

#include "headwith.h"
#include "proxy/authgate.h"
#include "proxy/credentials.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

class TestAuthGate final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBearerTokens_data();
    void readsBearerTokens();
    void readsQueryValues_data();
    void readsQueryValues();
    void removesQueryParameters_data();
    void removesQueryParameters();
    void replacesHeadersWhereTheyStand_data();
    void replacesHeadersWhereTheyStand();
    void isOpenWithoutAKey();
    void letsTheKeyPass_data();
    void letsTheKeyPass();
    void refuses_data();
    void refuses();
    void keepsTheConsumersOwnKey();
};

namespace {

const Provider& providerNamed(const QByteArray& id)
{
    for (const Provider* provider : allProviders()) {
        if (provider->id == id)
            return *provider;
    }
    qFatal("no provider %s", id.constData());
}

const Secret gateKey("gate-key");

} // namespace

void TestAuthGate::readsBearerTokens_data()
{
    QTest::addColumn<QByteArray>("authorization");
    QTest::addColumn<bool>("isBearer");
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("plain") << "Bearer sk-1"_ba << true << "sk-1"_ba;
    QTest::newRow("any case") << "bEARER sk-1"_ba << true << "sk-1"_ba;
    QTest::newRow("spaces around the token") << "Bearer   sk-1 "_ba << true << "sk-1"_ba;
    QTest::newRow("the token's case is kept") << "Bearer AbC"_ba << true << "AbC"_ba;
    QTest::newRow("basic") << "Basic dTpw"_ba << false << QByteArray();
    QTest::newRow("no scheme") << "sk-1"_ba << false << QByteArray();
    QTest::newRow("scheme only") << "Bearer"_ba << false << QByteArray();
    QTest::newRow("no token") << "Bearer "_ba << false << QByteArray();
    QTest::newRow("no space") << "Bearersk-1"_ba << false << QByteArray();
    QTest::newRow("empty") << QByteArray() << false << QByteArray();
}

void TestAuthGate::readsBearerTokens()
{
    QFETCH(QByteArray, authorization);
    QFETCH(bool, isBearer);
    QFETCH(QByteArray, token);
    const std::optional<QByteArray> read = Credentials::bearerToken(authorization);
    QCOMPARE(read.has_value(), isBearer);
    QCOMPARE(read.value_or(QByteArray()), token);
    const RequestHead head = headWith({{"authorization", "Basic x"}, {"AUTHORIZATION", authorization}});
    QCOMPARE(Credentials::bearerToken(head), read);
}

void TestAuthGate::readsQueryValues_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArrayList>("values");
    QTest::newRow("none") << "/v1beta/x"_ba << QByteArrayList();
    QTest::newRow("empty query") << "/v1beta/x?"_ba << QByteArrayList();
    QTest::newRow("one") << "/x?alt=sse&key=AIza"_ba << QByteArrayList{"AIza"};
    QTest::newRow("two") << "/x?key=a&key=b"_ba << QByteArrayList{"a", "b"};
    QTest::newRow("percent-encoded value") << "/x?key=a%2Bb"_ba << QByteArrayList{"a+b"};
    QTest::newRow("percent-encoded name") << "/x?%6bey=a"_ba << QByteArrayList{"a"};
    QTest::newRow("no value") << "/x?key"_ba << QByteArrayList{""};
    QTest::newRow("equals sign in the value") << "/x?key=a=b"_ba << QByteArrayList{"a=b"};
    QTest::newRow("other names") << "/x?keys=a&Key=b&akey=c"_ba << QByteArrayList();
    QTest::newRow("mark in the value") << "/x?a=?key=b&key=c?d"_ba << QByteArrayList{"c?d"};
}

void TestAuthGate::readsQueryValues()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArrayList, values);
    QCOMPARE(QByteArrayList(Credentials::queryValues(headWith({}, target), "key")), values);
}

void TestAuthGate::removesQueryParameters_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("rest");
    QTest::newRow("no query") << "/x"_ba
                              << "/x"_ba;
    QTest::newRow("no such parameter") << "/x?a=%2f&&b"_ba
                                       << "/x?a=%2f&&b"_ba;
    QTest::newRow("the only one") << "/x?key=k"_ba
                                  << "/x"_ba;
    QTest::newRow("first") << "/x?key=k&alt=sse"_ba
                           << "/x?alt=sse"_ba;
    QTest::newRow("middle") << "/x?a=%20b&key=k&c"_ba
                            << "/x?a=%20b&c"_ba;
    QTest::newRow("last") << "/x?alt=sse&key=k"_ba
                          << "/x?alt=sse"_ba;
    QTest::newRow("each") << "/x?key=k&a&%6Bey=l"_ba
                          << "/x?a"_ba;
}

void TestAuthGate::removesQueryParameters()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, rest);
    RequestHead head = headWith({}, target);
    Credentials::removeQueryParameter(&head, "key");
    QCOMPARE(head.target, rest);
}

void TestAuthGate::replacesHeadersWhereTheyStand_data()
{
    QTest::addColumn<HeaderList>("before");
    QTest::addColumn<HeaderList>("after");
    const QByteArray a = "A";
    QTest::newRow("absent") << HeaderList{{a, "1"}} << HeaderList{{a, "1"}, {"x-api-key", "new"}};
    QTest::newRow("in its place, as spelled") << HeaderList{{a, "1"}, {"X-API-Key", "old"}, {a, "2"}}
                                              << HeaderList{{a, "1"}, {"X-API-Key", "new"}, {a, "2"}};
    QTest::newRow("in the place of another") << HeaderList{{"Authorization", "Bearer old"}, {a, "1"}}
                                             << HeaderList{{"x-api-key", "new"}, {a, "1"}};
    QTest::newRow("once") << HeaderList{{"x-api-key", "1"}, {a, "1"}, {"authorization", "2"},
        {"x-api-key", "3"}}
                          << HeaderList{{"x-api-key", "new"}, {a, "1"}};
}

void TestAuthGate::replacesHeadersWhereTheyStand()
{
    QFETCH(HeaderList, before);
    QFETCH(HeaderList, after);
    Credentials::replaceHeaders(&before, {"x-api-key", "authorization"}, "x-api-key", "new");
    QCOMPARE(before, after);
}

void TestAuthGate::isOpenWithoutAKey()
{
    RequestHead head = headWith({{"Authorization", "Bearer mine"}}, "/v1beta/x?key=mine");
    QVERIFY(passAuthGate(&head, geminiProvider(), Secret()));
    QCOMPARE(head.headers, HeaderList({{"Authorization", "Bearer mine"}}));
    QCOMPARE(head.target, "/v1beta/x?key=mine"_ba);
}

void TestAuthGate::letsTheKeyPass_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("target");
    const QByteArray path = "/v1/x";
    for (const char* provider : {"openai", "anthropic", "gemini"}) {
        QTest::addRow("%s, bearer", provider)
            << QByteArray(provider) << HeaderList{{"authorization", "bearer gate-key"}} << path;
        QTest::addRow("%s, our own header", provider)
            << QByteArray(provider) << HeaderList{{"X-Proxy-Api-Key", "gate-key"}} << path;
    }
    for (const char* provider : {"anthropic", "gemini"})
        QTest::addRow("%s, x-api-key", provider)
            << QByteArray(provider) << HeaderList{{"X-Api-Key", "gate-key"}} << path;
    QTest::newRow("gemini, x-goog-api-key")
        << "gemini"_ba << HeaderList{{"x-goog-api-key", "gate-key"}} << path;
    QTest::newRow("gemini, query") << "gemini"_ba << HeaderList() << "/v1beta/x?key=gate%2Dkey"_ba;
    QTest::newRow("gemini, twice") << "gemini"_ba << HeaderList{{"x-goog-api-key", "gate-key"}}
                                   << "/v1beta/x?key=gate-key"_ba;
}

void TestAuthGate::letsTheKeyPass()
{
    QFETCH(QByteArray, provider);
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, target);
    RequestHead head = headWith(headers, target);
    QVERIFY(passAuthGate(&head, providerNamed(provider), gateKey));
    // It is never forwarded, wherever it stood.
    QVERIFY(head.headers.isEmpty());
    QVERIFY(!head.target.contains('?'));
}

void TestAuthGate::refuses_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("target");
    const QByteArray path = "/v1/x";
    const QByteArray inQuery = "/v1/x?key=gate-key";
    QTest::newRow("nothing") << "openai"_ba << HeaderList() << path;
    QTest::newRow("another key") << "openai"_ba << HeaderList{{"Authorization", "Bearer gate-kez"}} << path;
    QTest::newRow("longer") << "openai"_ba << HeaderList{{"Authorization", "Bearer gate-key1"}} << path;
    QTest::newRow("shorter") << "openai"_ba << HeaderList{{"Authorization", "Bearer gate-ke"}} << path;
    QTest::newRow("empty") << "openai"_ba << HeaderList{{"X-Proxy-Api-Key", ""}} << path;
    QTest::newRow("without its scheme") << "openai"_ba << HeaderList{{"Authorization", "gate-key"}} << path;
    QTest::newRow("basic") << "openai"_ba << HeaderList{{"Authorization", "Basic gate-key"}} << path;
    QTest::newRow("openai, x-api-key") << "openai"_ba << HeaderList{{"x-api-key", "gate-key"}} << path;
    QTest::newRow("openai, query") << "openai"_ba << HeaderList() << inQuery;
    QTest::newRow("anthropic, x-goog-api-key")
        << "anthropic"_ba << HeaderList{{"x-goog-api-key", "gate-key"}} << path;
    QTest::newRow("anthropic, query") << "anthropic"_ba << HeaderList() << inQuery;
    QTest::newRow("gemini, another parameter") << "gemini"_ba << HeaderList() << "/v1beta/x?keys=gate-key"_ba;
}

void TestAuthGate::refuses()
{
    QFETCH(QByteArray, provider);
    QFETCH(HeaderList, headers);
    QFETCH(QByteArray, target);
    RequestHead head = headWith(headers, target);
    QVERIFY(!passAuthGate(&head, providerNamed(provider), gateKey));
}

void TestAuthGate::keepsTheConsumersOwnKey()
{
    RequestHead head = headWith(
        {{"Authorization", "Bearer mine"}, {"X-Proxy-Api-Key", "gate-key"}, {"x-goog-api-key", "mine"}},
        "/v1beta/x?key=mine&key=gate-key&alt=sse");
    QVERIFY(passAuthGate(&head, geminiProvider(), gateKey));
    QCOMPARE(head.headers, HeaderList({{"Authorization", "Bearer mine"}, {"x-goog-api-key", "mine"}}));
    QCOMPARE(head.target, "/v1beta/x?key=mine&alt=sse"_ba);
}

REGISTER_TEST(TestAuthGate)
#include "tst_authgate.moc"
