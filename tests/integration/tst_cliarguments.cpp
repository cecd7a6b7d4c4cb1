// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the program says of arguments that it does not understand, and where no proxy is.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

class TestCliArguments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesWithoutAProxy();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void helpFitsIntoAHundredColumns_data();
    void helpFitsIntoAHundredColumns();
};

void TestCliArguments::refusesWithoutAProxy()
{
    const CliResult ended = runCli({text("traces"), text("list"), text("--url"), text("http://127.0.0.1:1")});
    QCOMPARE(ended.status, 69);
    QVERIFY2(ended.errors.contains("no proxy answers at http://127.0.0.1:1"), ended.errors.constData());
}

void TestCliArguments::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown command") << QStringList{text("walk")};
    QTest::newRow("no program") << QStringList{text("run")};
    QTest::newRow("unknown shell") << QStringList{text("env"), text("--shell"), text("csh")};
    QTest::newRow("no part") << QStringList{text("traces")};
    QTest::newRow("no id") << QStringList{text("traces"), text("show")};
    QTest::newRow("an unknown provider") << QStringList{text("tail"), text("--provider"), text("acme")};
    QTest::newRow("an unknown status") << QStringList{text("tail"), text("--status"), text("3xx")};
    QTest::newRow("an unknown delivery")
        << QStringList{text("traces"), text("list"), text("--delivery"), text("gone")};
    QTest::newRow("a duration that is none")
        << QStringList{text("tail"), text("--min-duration-ms"), text("long")};
    QTest::newRow("a search of what is to come") << QStringList{text("tail"), text("--search"), text("x")};
    QTest::newRow("a limit of none") << QStringList{text("traces"), text("list"), text("--limit"), text("0")};
}

void TestCliArguments::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    const CliResult ended = runCli(arguments);
    QCOMPARE(ended.status, 64);
    QCOMPARE(ended.errors.count('\n'), 1);
    QVERIFY(ended.errors.startsWith("langfuse-proxy: "));
}

void TestCliArguments::helpFitsIntoAHundredColumns_data()
{
    QTest::addColumn<QString>("command");
    for (const char* command : {"", "serve", "check", "env", "run", "tail", "diff", "demo", "replay",
             "traces", "traces list", "traces show", "traces export", "traces import", "traces rm"})
        QTest::addRow("of %s", command) << text(command);
}

void TestCliArguments::helpFitsIntoAHundredColumns()
{
    QFETCH(QString, command);
    const CliResult help
        = runCli(command.split(QLatin1Char(' '), Qt::SkipEmptyParts) + QStringList{text("--help")});
    QCOMPARE(help.status, 0);
    QVERIFY(help.out.count('\n') > 5);
    for (const QByteArray& line : help.out.split('\n'))
        QVERIFY2(line.size() <= 100, line.constData());
}

REGISTER_TEST(TestCliArguments)
#include "tst_cliarguments.moc"
