// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `run` and `env`: programs whose calls go through the proxy.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QProcess>
#include <QTemporaryDir>

class TestCliRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void envPrintsWhatAShellReads();
    void runGivesThroughWhatTheProgramDoes_data();
    void runGivesThroughWhatTheProgramDoes();
    void runUsesTheRunningProxy();
    void runPassesSignals();
};

void TestCliRun::envPrintsWhatAShellReads()
{
    const CliResult ended = runCli({text("env"), text("--port"), text("4444"), text("--shell"), text("sh")});
    QCOMPARE(ended.status, 0);
    QProcess shell;
    shell.start(text("sh"),
        {text("-c"),
            QString::fromUtf8(ended.out) + text("printf %s \"$ANTHROPIC_BASE_URL $OPENAI_BASE_URL\"")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), "http://127.0.0.1:4444 http://127.0.0.1:4444/v1");
}

void TestCliRun::runGivesThroughWhatTheProgramDoes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("out");
    QTest::newRow("output") << text("echo said") << 0 << QByteArray("said\n");
    QTest::newRow("input") << text("cat") << 0 << QByteArray("typed");
    QTest::newRow("status") << text("exit 7") << 7 << QByteArray();
    QTest::newRow("signal") << text("kill -9 $$") << 128 + 9 << QByteArray();
    QTest::newRow("variables") << text("case $OPENAI_BASE_URL in http://127.0.0.1:*/v1) echo yes;; esac") << 0
                               << QByteArray("yes\n");
}

void TestCliRun::runGivesThroughWhatTheProgramDoes()
{
    QFETCH(QString, script);
    const CliResult ended = runCli({text("run"), text("sh"), text("-c"), script}, {{"PORT", "1"}}, "typed");
    QTEST(ended.status, "status");
    QTEST(ended.out, "out");
    QVERIFY2(ended.errors.contains("No calls."), ended.errors.constData());
}

void TestCliRun::runUsesTheRunningProxy()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const CliResult ended = runCli({text("run"), text("--url"), QString::fromUtf8(site.proxy.url()),
        text("--"), text("sh"), text("-c"), text("printf %s $ANTHROPIC_BASE_URL")});
    QCOMPARE(ended.status, 0);
    QCOMPARE(ended.out, site.proxy.url());
    QCOMPARE(runCli({text("run"), text("nosuchprogram")}, {{"PORT", "1"}}).status, 127);
    const CliResult elsewhere
        = runCli({text("run"), text("--url"), text("http://127.0.0.1:1"), text("true")});
    QCOMPARE(elsewhere.status, 69);
    QVERIFY2(elsewhere.errors.contains("http://127.0.0.1:1"), elsewhere.errors.constData());
}

void TestCliRun::runPassesSignals()
{
    QTemporaryDir directory;
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(text("STORE_PATH"), text(":memory:"));
    variables.insert(text("PORT"), text("1"));
    process.setProcessEnvironment(variables);
    process.start(ProxyProcess::binary(),
        {text("run"), text("sh"), text("-c"),
            text("trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.05; done")});
    QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() >= 6, 30'000);
    process.terminate();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardOutput(), "ready\ncaught\n");
    QCOMPARE(process.exitCode(), 3);
}

REGISTER_TEST(TestCliRun)
#include "tst_clirun.moc"
