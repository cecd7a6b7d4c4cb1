// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the real program writes to disk and to its log: the trace store, log lines, the open-relay warning.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QDir>
#include <QFileInfo>
#include <QTcpServer>

namespace {

/// A port of 127.0.0.1 that was free a moment ago.
quint16 freePort()
{
    QTcpServer server;
    (void)server.listen(QHostAddress::LocalHost, 0);
    return server.serverPort();
}

constexpr QFileDevice::Permissions othersPermissions = QFileDevice::ReadGroup | QFileDevice::WriteGroup
    | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;

} // namespace

class TestDaemonStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failsWithoutAStore_data();
    void failsWithoutAStore();
    void keepsTheStoreToItsOwner();
    void leavesNoFileInMemory();
    void makesTheDefaultStoreInTheStateDirectory();
    void warnsOfAnOpenRelay_data();
    void warnsOfAnOpenRelay();
    void writesJsonLinesInProduction();
    void writesReadableLinesInDevelopment();
    void logsWhatItRefuses_data();
    void logsWhatItRefuses();
    void staysSilent();
};

void TestDaemonStore::failsWithoutAStore_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("below a file") << QByteArray("garbage.db/traces.db");
    QTest::newRow("a directory") << QByteArray("home");
    QTest::newRow("no SQLite file") << QByteArray("garbage.db");
}

void TestDaemonStore::failsWithoutAStore()
{
    QFETCH(QByteArray, path);
    ProxyProcess proxy({{"STORE_PATH", path}});
    QFile garbage(proxy.directory() + QStringLiteral("/garbage.db"));
    QVERIFY(garbage.open(QIODevice::WriteOnly));
    QVERIFY(garbage.write(QByteArray(8192, 'x')) == 8192);
    garbage.close();
    proxy.launch();
    QCOMPARE(proxy.waitForExit(), 74);
    // One line, an object in production, and each thing is said once.
    QCOMPARE(proxy.errorLines().size(), 1);
    const QJsonObject entry = QJsonDocument::fromJson(proxy.errorLines().first()).object();
    const QString message = entry[QLatin1String("msg")].toString();
    QVERIFY2(message.contains(QString::fromUtf8(path.split('/').first())), proxy.errorText());
    QVERIFY2(message.startsWith(QLatin1String("cannot ")), proxy.errorText());
    QVERIFY(proxy.logEntries(QStringLiteral("listening")).isEmpty());
}

void TestDaemonStore::keepsTheStoreToItsOwner()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QTRY_COMPARE(site.count("captured"), 1);
    const QFileInfoList files
        = QDir(site.proxy.directory()).entryInfoList({QStringLiteral("traces.db*")}, QDir::Files);
    QVERIFY(!files.isEmpty());
    for (const QFileInfo& file : files) {
        QVERIFY2((file.permissions() & othersPermissions) == 0, qPrintable(file.fileName()));
        QVERIFY2(file.permissions() & QFileDevice::WriteOwner, qPrintable(file.fileName()));
    }
}

void TestDaemonStore::leavesNoFileInMemory()
{
    TracedProxy site(answerChat, {{"STORE_PATH", ":memory:"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QVERIFY(!site.waitForSpanOf("r1").spanId.isEmpty());
    QDir directory(site.proxy.directory());
    QCOMPARE(directory.entryList(QDir::Files | QDir::Hidden), QStringList());
    QVERIFY(!directory.exists(QStringLiteral("home/state/langfuse-proxy")));
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QCOMPARE(directory.entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestDaemonStore::makesTheDefaultStoreInTheStateDirectory()
{
    ProxyProcess proxy({{"STORE_PATH", ""}});
    QVERIFY2(proxy.start(), proxy.errorText());
    const QFileInfo file(proxy.directory() + QStringLiteral("/home/state/langfuse-proxy/traces.db"));
    QVERIFY(file.exists());
    QVERIFY((file.permissions() & othersPermissions) == 0);
}

void TestDaemonStore::warnsOfAnOpenRelay_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("proxyKey");
    QTest::addColumn<QByteArray>("upstreamKey");
    QTest::addColumn<bool>("isWarned");
    const QByteArray key = "sk-account-of-ours";
    QTest::newRow("open") << QByteArray("0.0.0.0") << QByteArray() << key << true;
    QTest::newRow("open, IPv6") << QByteArray("::") << QByteArray() << key << true;
    QTest::newRow("loopback") << QByteArray("127.0.0.1") << QByteArray() << key << false;
    QTest::newRow("localhost") << QByteArray("localhost") << QByteArray() << key << false;
    QTest::newRow("with a door") << QByteArray("0.0.0.0") << QByteArray("door-key") << key << false;
    QTest::newRow("nobody's account") << QByteArray("0.0.0.0") << QByteArray() << QByteArray() << false;
}

void TestDaemonStore::warnsOfAnOpenRelay()
{
    QFETCH(QByteArray, host);
    QFETCH(QByteArray, proxyKey);
    QFETCH(QByteArray, upstreamKey);
    QFETCH(bool, isWarned);
    ProxyProcess proxy({{"HOST", host}, {"PROXY_API_KEY", proxyKey}, {"ANTHROPIC_API_KEY", upstreamKey}});
    QVERIFY2(proxy.start(), proxy.errorText());
    const QByteArray log = proxy.errorLines().join('\n');
    QCOMPARE(log.contains("OPEN RELAY"), isWarned);
    QCOMPARE(log.contains("Anthropic"), isWarned);
    QVERIFY(!log.contains("sk-account-of-ours"));
}

void TestDaemonStore::writesJsonLinesInProduction()
{
    TracedProxy site(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chatRequest("r1")), 200);
    QCOMPARE(
        site.statusOf(requestText("POST", "/v1/\"odd\"%0a\xff\\path", "X-Request-Id: \xe9\r\n", "{}")), 200);
    const auto hasLines
        = [&] { return site.proxy.errorLines().join('\n').count("\"category\":\"request\"") == 2; };
    QTRY_VERIFY(hasLines());
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    for (const QByteArray& line : site.proxy.errorLines()) {
        const QJsonObject entry = QJsonDocument::fromJson(line).object();
        for (const char* name : {"time", "level", "category", "msg"})
            QVERIFY2(entry[QLatin1String(name)].isString(), line.constData());
    }
    const QList<QJsonObject> entries = site.proxy.logEntries(QStringLiteral("POST /v1/chat/completions"));
    QCOMPARE(entries.size(), 1);
    const QJsonObject& entry = entries.first();
    QCOMPARE(entry[QLatin1String("status")].toInt(), 200);
    QCOMPARE(entry[QLatin1String("model")].toString(), QStringLiteral("gpt-5-2025-08-07"));
    QCOMPARE(entry[QLatin1String("input_tokens")].toInt(), 3);
    QCOMPARE(entry[QLatin1String("output_tokens")].toInt(), 2);
    QCOMPARE(entry[QLatin1String("request_id")].toString(), QStringLiteral("r1"));
    QVERIFY(entry[QLatin1String("duration_ms")].isDouble());
    QVERIFY(site.proxy.outputLines().isEmpty());
}

void TestDaemonStore::writesReadableLinesInDevelopment()
{
    const quint16 port = freePort();
    ProxyProcess proxy({{"NODE_ENV", "development"}, {"PORT", QByteArray::number(port)}});
    proxy.launch();
    QTRY_VERIFY(proxy.errorLines().join('\n').contains("listening"));
    QVERIFY(!proxy.errorLines().join('\n').contains('{'));
    QVERIFY(proxy.errorLines().join('\n').contains("port=" + QByteArray::number(port)));
}

void TestDaemonStore::logsWhatItRefuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QString>("message");
    QTest::addColumn<int>("status");
    const QByteArray host = " HTTP/1.1\r\nHost: x\r\n";
    QTest::newRow("too large") << "POST /v1/files?key=hidden" + host + "Content-Length: 1000\r\n\r\n"
                               << QStringLiteral("POST /v1/files") << 413;
    QTest::newRow("two lengths") << "POST /v1/x" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"
                                 << QStringLiteral("POST /v1/x") << 400;
    QTest::newRow("a long line") << QByteArray("GET /v1/") + QByteArray(20000, 'x')
                                 << QStringLiteral("no request") << 414;
    QTest::newRow("TLS") << QByteArray("\x16\x03\x01\x02\0\x01\0\x01", 8) << QStringLiteral("no request")
                         << 400;
}

void TestDaemonStore::logsWhatItRefuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QString, message);
    QFETCH(int, status);
    TracedProxy site(answerChat, {{"MAX_BODY_BYTES", "999"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    RawClient client(site.proxy.port());
    QVERIFY(client.send(request));
    QVERIFY(client.readResponse("POST"));
    QTRY_COMPARE(site.proxy.logEntries(message).size(), 1);
    const QJsonObject entry = site.proxy.logEntries(message).first();
    QCOMPARE(entry[QLatin1String("status")].toInt(), status);
    QCOMPARE(entry[QLatin1String("level")].toString(), QStringLiteral("warn"));
    QVERIFY(!site.proxy.errorLines().join('\n').contains("hidden"));
    QCOMPARE(site.count("captured"), 0); // anybody can send such requests: they do not fill the store
}

void TestDaemonStore::staysSilent()
{
    const quint16 port = freePort();
    ProxiedUpstream site(answerChat, {{"LOG_LEVEL", "silent"}, {"PORT", QByteArray::number(port)}});
    site.proxy.launch();
    QTRY_VERIFY(RawClient(port).isConnected());
    RawClient client(port);
    QVERIFY(client.send(chatRequest("r1")));
    QVERIFY(client.readResponse("POST"));
    client.close();
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    QCOMPARE(site.proxy.errorLines(), QByteArrayList());
    QCOMPARE(site.proxy.outputLines(), QByteArrayList());
}

REGISTER_TEST(TestDaemonStore)
#include "tst_daemonstore.moc"
