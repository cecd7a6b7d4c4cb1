// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `check`: what it finds, and what it says is to be done.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QJsonArray>

class TestCliCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkFindsAllGood();
    void checkSaysWhatToDo_data();
    void checkSaysWhatToDo();
};

void TestCliCheck::checkFindsAllGood()
{
    FakeUpstream upstream(greeting);
    FakeLangfuse langfuse;
    ProxyProcess::Environment environment = upstreamsAt(upstream.url());
    environment.insert(ProxyProcess::Environment{{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"},
        {"PROXY_API_KEY", "hidden-key"}});
    const CliResult people = runCli({text("check"), text("--port"), text("3555")}, environment);
    QVERIFY2(people.status == 0, (people.out + people.errors).constData());
    QVERIFY2(people.out.contains("3555"), people.out.constData());
    QVERIFY(people.out.contains("command line"));
    QVERIFY(people.out.contains("ok      langfuse"));
    QVERIFY(people.out.contains("ok      store"));
    QVERIFY(!people.out.contains("hidden-key") && !people.out.contains("sk-lf-test"));

    const CliResult program = runCli({text("check"), text("--json")}, environment);
    const QJsonObject report = QJsonDocument::fromJson(program.out).object();
    QCOMPARE(report.value(QLatin1String("ok")).toBool(), true);
    QCOMPARE(report.value(QLatin1String("checks")).toArray().size(), 5);
}

void TestCliCheck::checkSaysWhatToDo_data()
{
    QTest::addColumn<ProxyProcess::Environment>("environment");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("upstream") << ProxyProcess::Environment{{"UPSTREAM_BASE_URL", "http://127.0.0.1:1"}} << 69
                              << QByteArray("Check UPSTREAM_BASE_URL");
    QTest::newRow("keys") << ProxyProcess::Environment{{"LANGFUSE_SECRET_KEY", "sk-lf-wrong"}} << 69
                          << QByteArray("Check LANGFUSE_PUBLIC_KEY");
    QTest::newRow("langfuse") << ProxyProcess::Environment{{"LANGFUSE_BASE_URL", "http://127.0.0.1:1"}} << 69
                              << QByteArray("Check LANGFUSE_BASE_URL");
    QTest::newRow("store") << ProxyProcess::Environment{{"STORE_PATH", "/dev/null/t.db"}} << 69
                           << QByteArray("Check STORE_PATH");
    QTest::newRow("setting") << ProxyProcess::Environment{{"PORT", "many"}} << 78 << QByteArray("PORT");
}

void TestCliCheck::checkSaysWhatToDo()
{
    QFETCH(ProxyProcess::Environment, environment);
    QFETCH(QByteArray, words);
    FakeUpstream upstream(greeting);
    FakeLangfuse langfuse;
    ProxyProcess::Environment all = upstreamsAt(upstream.url());
    all.insert(ProxyProcess::Environment{{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"}});
    all.insert(environment);
    const CliResult ended = runCli({text("check")}, all);
    QTEST(ended.status, "status");
    QVERIFY2((ended.out + ended.errors).contains(words), (ended.out + ended.errors).constData());
}

REGISTER_TEST(TestCliCheck)
#include "tst_clicheck.moc"
