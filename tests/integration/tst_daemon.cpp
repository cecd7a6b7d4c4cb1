// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the real program starts or refuses to: settings, flags, ports, exit codes.

#include "config/settings.h"
#include "support/proxyprocess.h"
#include "support/rawclient.h"
#include "support/testprogram.h"

#include <QFile>
#include <QTcpServer>

namespace {

bool writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

int exitCodeOf(ProxyProcess* proxy)
{
    proxy->launch();
    return proxy->waitForExit();
}

} // namespace

class TestDaemon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesBadSettings_data();
    void refusesBadSettings();
    void neverShowsARefusedSecret();
    void refusesUnknownFlags_data();
    void refusesUnknownFlags();
    void saysItsVersion();
    void listsEverySettingInTheHelp();
    void readsTheEnvFileOfTheWorkingDirectory();
    void readsTheGivenEnvFileInstead();
    void warnsOfEnvFileLinesItCannotRead();
    void refusesAMissingEnvFile();
    void ranksFlagEnvironmentAndFile();
    void takesTheNextPort();
    void failsOnATakenPortWhenStrict();
    void failsWithoutAnAddressToListenOn();
};

void TestDaemon::refusesBadSettings_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("allowed");
    QTest::newRow("port") << QByteArray("PORT") << QByteArray("70000") << QByteArray("0 to 65535");
    QTest::newRow("level") << QByteArray("LOG_LEVEL") << QByteArray("loud") << QByteArray("silent");
    QTest::newRow("mode") << QByteArray("NODE_ENV") << QByteArray("test") << QByteArray("production");
    QTest::newRow("url") << QByteArray("UPSTREAM_BASE_URL") << QByteArray("ftp://a.example")
                         << QByteArray("https://");
    QTest::newRow("url, no scheme") << QByteArray("LANGFUSE_HOST") << QByteArray("langfuse.example")
                                    << QByteArray("https://");
    QTest::newRow("host") << QByteArray("HOST") << QByteArray("proxy.example") << QByteArray("IP address");
    QTest::newRow("milliseconds") << QByteArray("PROXY_TIMEOUT_MS") << QByteArray("5s")
                                  << QByteArray("milliseconds");
    QTest::newRow("zero milliseconds")
        << QByteArray("IDLE_TIMEOUT_MS") << QByteArray("0") << QByteArray("from 1");
    QTest::newRow("bytes") << QByteArray("MAX_BODY_BYTES") << QByteArray("-1") << QByteArray("bytes");
    QTest::newRow("switch") << QByteArray("UPSTREAM_HTTP2") << QByteArray("maybe") << QByteArray("on or off");
}

void TestDaemon::refusesBadSettings()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, allowed);
    ProxyProcess proxy({{key, value}});
    QCOMPARE(exitCodeOf(&proxy), 78);
    const QByteArrayList lines = proxy.errorLines();
    QCOMPARE(lines.size(), 1);
    for (const QByteArray& part : {key, value, allowed})
        QVERIFY2(lines.first().contains(part), lines.first().constData());
    QVERIFY(proxy.outputLines().isEmpty());
    QVERIFY(!QFile::exists(proxy.storePath()));
}

void TestDaemon::neverShowsARefusedSecret()
{
    ProxyProcess proxy({{"UPSTREAM_API_KEY", "sk-hidden\tvalue"}});
    QCOMPARE(exitCodeOf(&proxy), 78);
    QCOMPARE(proxy.errorLines().size(), 1);
    QVERIFY(proxy.errorLines().first().contains("UPSTREAM_API_KEY"));
    QVERIFY(!proxy.errorLines().first().contains("sk-hidden"));
}

void TestDaemon::refusesUnknownFlags_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown") << QStringList{QStringLiteral("--no-such-flag")};
    QTest::newRow("without its value") << QStringList{QStringLiteral("--port")};
    QTest::newRow("a stray word") << QStringList{QStringLiteral("stray")};
    // Anybody on the machine can read a command line.
    QTest::newRow("a secret") << QStringList{QStringLiteral("--upstream-api-key=x")};
}

void TestDaemon::refusesUnknownFlags()
{
    QFETCH(QStringList, arguments);
    ProxyProcess proxy({}, arguments);
    QCOMPARE(exitCodeOf(&proxy), 64);
    QVERIFY(!proxy.errorLines().isEmpty());
    QVERIFY(proxy.outputLines().isEmpty());
}

void TestDaemon::saysItsVersion()
{
    ProxyProcess proxy({}, {QStringLiteral("--version")});
    QCOMPARE(exitCodeOf(&proxy), 0);
    QCOMPARE(proxy.outputLines().size(), 1);
    QVERIFY(proxy.outputLines().first().startsWith("langfuse-proxy "));
    QVERIFY(proxy.errorLines().isEmpty());
}

void TestDaemon::listsEverySettingInTheHelp()
{
    ProxyProcess proxy({}, {QStringLiteral("--help")});
    QCOMPARE(exitCodeOf(&proxy), 0);
    const QByteArray help = proxy.outputLines().join('\n');
    for (const Setting& setting : settingsTable()) {
        const QByteArray flag = flagName(setting);
        if (flag.isEmpty()) {
            QVERIFY2(help.contains(setting.key), setting.key.constData());
            QVERIFY2(!help.contains("--" + setting.key.toLower().replace('_', '-')), setting.key.constData());
        } else {
            QVERIFY2(help.contains(flag + ' '), flag.constData());
        }
    }
}

void TestDaemon::readsTheEnvFileOfTheWorkingDirectory()
{
    ProxyProcess proxy({{"HOST", ""}});
    QVERIFY(writeFile(proxy.directory() + QStringLiteral("/.env"), "HOST=\"not an address\"\n"));
    QCOMPARE(exitCodeOf(&proxy), 78);
    QVERIFY2(proxy.errorLines().join('\n').contains("not an address"), proxy.errorText());
}

void TestDaemon::readsTheGivenEnvFileInstead()
{
    ProxyProcess proxy({}, {QStringLiteral("--env-file"), QStringLiteral("other.env")});
    QVERIFY(writeFile(proxy.directory() + QStringLiteral("/.env"), "PROXY_TIMEOUT_MS=wrong\n"));
    QVERIFY(writeFile(proxy.directory() + QStringLiteral("/other.env"),
        "# mine\nLANGFUSE_PUBLIC_KEY=pk-lf-1\n"
        "LANGFUSE_SECRET_KEY='sk-lf-1'\n"
        "LANGFUSE_BASE_URL=http://127.0.0.1:9/x\n"));
    QVERIFY2(proxy.start(), proxy.errorText());
    const QList<QJsonObject> listening = proxy.logEntries(QStringLiteral("listening"));
    QCOMPARE(listening.first()[QLatin1String("langfuse")].toString(), QStringLiteral("http://127.0.0.1:9/x"));
}

void TestDaemon::warnsOfEnvFileLinesItCannotRead()
{
    ProxyProcess proxy;
    QVERIFY(writeFile(proxy.directory() + QStringLiteral("/.env"), "# mine\nwhat is this\n"));
    QVERIFY2(proxy.start(), proxy.errorText());
    const QList<QJsonObject> warnings
        = proxy.logEntries(QStringLiteral(".env line 2 is not NAME=value and is ignored"));
    QCOMPARE(warnings.size(), 1);
    QCOMPARE(warnings.first()[QLatin1String("level")].toString(), QStringLiteral("warn"));
}

void TestDaemon::refusesAMissingEnvFile()
{
    ProxyProcess proxy({}, {QStringLiteral("--env-file"), QStringLiteral("none.env")});
    QCOMPARE(exitCodeOf(&proxy), 78);
    QCOMPARE(proxy.errorLines().size(), 1);
    QVERIFY(proxy.errorLines().first().contains("none.env"));
}

void TestDaemon::ranksFlagEnvironmentAndFile()
{
    const auto storeOf = [](const ProxyProcess::Environment& environment, const QStringList& arguments) {
        ProxyProcess proxy(environment, arguments);
        if (!writeFile(proxy.directory() + QStringLiteral("/.env"), "STORE_PATH=file.db\n") || !proxy.start())
            return QString::fromUtf8(proxy.errorText());
        return proxy.logEntries(QStringLiteral("listening")).first()[QLatin1String("store")].toString();
    };
    const QStringList flag{QStringLiteral("--store-path"), QStringLiteral("flag.db")};
    QCOMPARE(storeOf({{"STORE_PATH", "environment.db"}}, flag), QStringLiteral("flag.db"));
    QCOMPARE(storeOf({{"STORE_PATH", "environment.db"}}, {}), QStringLiteral("environment.db"));
    QCOMPARE(storeOf({{"STORE_PATH", ""}}, {}), QStringLiteral("file.db"));
}

void TestDaemon::takesTheNextPort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    const quint16 taken = other.serverPort();
    if (taken > 65000)
        QSKIP("no ports left behind the one that the system gave");
    ProxyProcess proxy({{"PORT", QByteArray::number(taken)}});
    QVERIFY2(proxy.start(), proxy.errorText());
    QVERIFY(proxy.port() > taken && proxy.port() < taken + 10);
    const QList<QJsonObject> warnings
        = proxy.logEntries(QStringLiteral("port %1 is in use, trying the next one").arg(taken));
    QCOMPARE(warnings.size(), 1);
    QCOMPARE(warnings.first()[QLatin1String("level")].toString(), QStringLiteral("warn"));
    QVERIFY(RawClient(proxy.port()).isConnected());
}

void TestDaemon::failsOnATakenPortWhenStrict()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    const QByteArray taken = QByteArray::number(other.serverPort());
    ProxyProcess proxy({{"PORT", taken}}, {QStringLiteral("--strict-port")});
    QCOMPARE(exitCodeOf(&proxy), 69);
    QVERIFY2(proxy.errorLines().join('\n').contains(taken), proxy.errorText());
}

void TestDaemon::failsWithoutAnAddressToListenOn()
{
    ProxyProcess proxy({{"HOST", "192.0.2.1"}}); // RFC 5737: nobody's
    QCOMPARE(exitCodeOf(&proxy), 69);
    QVERIFY2(proxy.errorLines().join('\n').contains("192.0.2.1"), proxy.errorText());
}

REGISTER_TEST(TestDaemon)
#include "tst_daemon.moc"
