// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `traces` and `replay` against a running proxy with real calls.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

class TestCliTraces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tracesAreListedShownExportedAndDeleted();
    void whatIsExportedCanBeImported();
    void importsForDelivery();
    void refusesWhatCannotBeImported_data();
    void refusesWhatCannotBeImported();
};

void TestCliTraces::tracesAreListedShownExportedAndDeleted()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1", "Hallo")), 200);
    QCOMPARE(site.statusOf(chat("r2", "Sali")), 200);
    QVERIFY(site.langfuse.waitForSpans(2, std::chrono::seconds(20)));
    const auto traces = [&](QStringList arguments) {
        arguments.prepend(text("traces"));
        return runCli(atUrl(arguments, site.proxy.url()));
    };
    QTRY_VERIFY_WITH_TIMEOUT(traces({text("list")}).out.count("delivered") == 2, 20'000);
    const CliResult list = traces({text("list")});
    QVERIFY2(list.out.contains("gpt-4o"), list.out.constData());
    QVERIFY(list.out.endsWith("\n2 calls, 18 tokens in, 6 out, $0.0001\n"));
    QVERIFY(traces({text("list"), text("--search"), text("Sali")}).out.contains("\n1 call, "));

    const QJsonArray calls = QJsonDocument::fromJson(traces({text("list"), text("--json")}).out)
                                 .object()
                                 .value(QLatin1String("traces"))
                                 .toArray();
    const QString id = calls.at(0).toObject().value(QLatin1String("id")).toString();
    const CliResult shown = traces({text("show"), id.left(8)});
    QVERIFY2(
        shown.out.contains("\nuser\n  Sali\n") && shown.out.contains("\n  Grüezi\n"), shown.out.constData());
    QVERIFY(!shown.out.contains("sk-abcdefghijklmnop"));

    const CliResult lines = traces({text("export")});
    QCOMPARE(lines.out.count('\n'), 2);
    QVERIFY(lines.out.indexOf("Hallo") < lines.out.indexOf("Sali")); // the oldest first
    QTemporaryDir directory;
    const QString file = directory.filePath(text("calls.har"));
    QCOMPARE(traces({text("export"), text("--format"), text("har"), text("-o"), file}).status, 0);
    QFile har(file);
    QVERIFY(har.open(QIODevice::ReadOnly));
    QCOMPARE(har.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QJsonDocument::fromJson(har.readAll())
                 .object()
                 .value(QLatin1String("log"))
                 .toObject()
                 .value(QLatin1String("entries"))
                 .toArray()
                 .size(),
        2);
    const CliResult curl = traces({text("export"), text("--format"), text("curl"), id});
    QVERIFY2(
        curl.out.contains("Bearer $OPENAI_API_KEY") && !curl.out.contains("sk-abc"), curl.out.constData());

    const CliResult again = runCli({text("replay"), id.left(8), text("--model"), text("gpt-4o-mini"),
        text("--url"), QString::fromUtf8(site.proxy.url())});
    QVERIFY2(again.out.contains("then, gpt-4o:\nGrüezi") && again.out.contains("now, gpt-4o:\nGrüezi"),
        (again.out + again.errors).constData());
    QCOMPARE(site.upstream.requests().constLast().body.count("\"model\":\"gpt-4o-mini\""), 1);
    // One whose delivery is awaited would be spared below.
    QTRY_VERIFY_WITH_TIMEOUT(traces({text("list")}).out.count("delivered") == 3, 20'000);
    QCOMPARE(
        traces({text("rm"), text("--since"), text("1h"), text("--search"), text("never"), text("--yes")}).out,
        "0 deleted\n");

    QCOMPARE(traces({text("rm"), id}).status, 64); // nobody to ask
    QCOMPARE(traces({text("rm"), id, text("--yes")}).out, "1 deleted\n");
    QCOMPARE(traces({text("rm"), text("--all"), text("--yes")}).out, "2 deleted\n");
    QCOMPARE(traces({text("list")}).out, "No calls.\n");
    QCOMPARE(traces({text("show"), text("abc")}).status, 69);
}

void TestCliTraces::whatIsExportedCanBeImported()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1", "Hallo", "X-Langfuse-Tags: a,b\r\nX-Session-Id: s\r\n")), 200);
    QCOMPARE(site.statusOf(chat("r2", "Sali")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 2, 20'000);
    const auto exported = [](const ProxyProcess& proxy) {
        return runCli({text("traces"), text("export"), text("--format"), text("records"), text("--url"),
                          QString::fromUtf8(proxy.url())})
            .out;
    };
    const QByteArray records = exported(site.proxy);
    QCOMPARE(records.count('\n'), 2);
    QVERIFY(!records.contains("sk-abc"));

    QTemporaryDir directory;
    const QByteArray store = directory.filePath(text("other.db")).toUtf8();
    const QStringList import{text("traces"), text("import"), text("-")};
    const CliResult first = runCli(import, {{"STORE_PATH", store}}, records);
    QVERIFY2(first.out == "2 imported\n", (first.out + first.errors).constData());
    QCOMPARE(runCli(import, {{"STORE_PATH", store}}, records).out, "0 imported, 2 there already\n");
    const ProxyProcess::Environment old{
        {"STORE_PATH", directory.filePath(text("old.db")).toUtf8()}, {"STORE_MAX_AGE", "1s"}};
    QTRY_COMPARE(runCli(import, old, records).out, "0 imported, 2 older than STORE_MAX_AGE and left out\n");

    // A proxy on that database: the same records, found by their words, and the ledger counts them.
    FakeLangfuse langfuse;
    ProxyProcess other({{"STORE_PATH", store}, {"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"}});
    QVERIFY2(other.start(), other.errorText());
    QCOMPARE(exported(other), records);
    const QString url = QString::fromUtf8(other.url());
    const CliResult list = runCli(
        {text("traces"), text("list"), text("--search"), text("Sali"), text("--json"), text("--url"), url});
    const QJsonArray calls
        = QJsonDocument::fromJson(list.out).object().value(QLatin1String("traces")).toArray();
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls.at(0)[QLatin1String("delivery")][QLatin1String("state")].toString(), text("disabled"));
    QCOMPARE(calls.at(0)[QLatin1String("delivery")][QLatin1String("reason")].toString(), text("imported"));
    RawClient client(other.port());
    QVERIFY(client.send(requestText("GET", "/api/health", {})));
    const auto health = client.readResponse("GET");
    QVERIFY2(health, reasonOf(health).constData());
    const QJsonValue ledger
        = QJsonDocument::fromJson(health->body).object().value(QLatin1String("telemetry"));
    QCOMPARE(ledger[QLatin1String("captured")].toInt(), 2);
    QCOMPARE(ledger[QLatin1String("disabled")].toInt(), 2);

    // One writer a database.
    const CliResult used = runCli(import, {{"STORE_PATH", store}}, records);
    QCOMPARE(used.status, 74);
    QVERIFY2(used.out.isEmpty() && used.errors.contains("other.db"), used.errors.constData());
}

void TestCliTraces::importsForDelivery()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 1, 20'000);
    QTemporaryDir directory;
    const QByteArray store = directory.filePath(text("other.db")).toUtf8();
    const QString file = directory.filePath(text("calls.jsonl"));
    QCOMPARE(runCli({text("traces"), text("export"), text("--format"), text("records"), text("-o"), file,
                        text("--url"), QString::fromUtf8(site.proxy.url())})
                 .status,
        0);
    const CliResult import = runCli(
        {text("traces"), text("import"), file, text("--deliver"), text("--json")}, {{"STORE_PATH", store}});
    QCOMPARE(QJsonDocument::fromJson(import.out).object().value(QLatin1String("imported")).toInt(), 1);
    FakeLangfuse langfuse;
    ProxyProcess other({{"STORE_PATH", store}, {"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"}});
    QVERIFY2(other.start(), other.errorText());
    QVERIFY(langfuse.waitForSpans(1, std::chrono::seconds(20)));
}

void TestCliTraces::refusesWhatCannotBeImported_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("no JSON") << QByteArray("hello\n") << QByteArray("line 1 ");
    QTest::newRow("another form") << QByteArray("\n{\"id\":\"a\"}\n") << QByteArray("line 2 ");
    QTest::newRow("no base64") << QByteArray(R"({"id":"a","record":"???"})") << QByteArray("base64");
    QTest::newRow("no record") << QByteArray(R"({"id":"a","record":"aGVsbG8="})")
                               << QByteArray("not a record");
    QTest::newRow("another id") << QByteArray(R"({"id":"a","record":"ggKg"})") << QByteArray("another id");
}

void TestCliTraces::refusesWhatCannotBeImported()
{
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, words);
    const CliResult ended = runCli({text("traces"), text("import"), text("-")}, {}, input);
    QCOMPARE(ended.status, 64);
    QVERIFY2(ended.errors.contains(words), ended.errors.constData());
    QCOMPARE(ended.out, "0 imported\n");
}

REGISTER_TEST(TestCliTraces)
#include "tst_clitraces.moc"
