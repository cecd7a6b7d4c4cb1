// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the program writes for others: completions of shells, the manual page.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QProcess>
#include <QStandardPaths>

class TestCliShells : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bashCompletes();
    void fishCompletes_data();
    void fishCompletes();
    void printsAManualPage();
};

namespace {

/// What is typed, and what is offered.
void addCompletions()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("offered");
    QTest::newRow("a command") << text("langfuse-proxy tra") << QStringList{text("traces")};
    QTest::newRow("a command of two") << text("langfuse-proxy traces l") << QStringList{text("list")};
    QTest::newRow("an option") << text("langfuse-proxy traces export --form")
                               << QStringList{text("--format")};
    QTest::newRow("a value") << text("langfuse-proxy traces list --status c")
                             << QStringList{text("cancelled")};
    QTest::newRow("values") << text("langfuse-proxy tail --delivery ")
                            << QStringList{
                                   text("delivered"), text("disabled"), text("pending"), text("rejected")};
}

} // namespace

void TestCliShells::bashCompletes()
{
    const CliResult bash = runCli({text("--print-completion"), text("bash")});
    QCOMPARE(bash.status, 0);
    QProcess shell;
    shell.start(text("bash"),
        {text("--norc"), text("-c"),
            QString::fromUtf8(bash.out)
                + text("complete_words() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); "
                       "_langfuse_proxy; echo \"${COMPREPLY[*]}\"; }\n"
                       "complete_words langfuse-proxy tra; complete_words langfuse-proxy traces e\n"
                       "complete_words langfuse-proxy traces export --form; complete_words langfuse-proxy "
                       "traces export --format ''\n")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardError(), "");
    QCOMPARE(shell.readAllStandardOutput(), "traces\nexport\n--format\njsonl har curl records\n");
}

void TestCliShells::fishCompletes_data()
{
    addCompletions();
}

void TestCliShells::fishCompletes()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, offered);
    if (QStandardPaths::findExecutable(text("fish")).isEmpty())
        QSKIP("fish is not installed");
    const QString script = QString::fromUtf8(runCli({text("--print-completion"), text("fish")}).out);
    QTemporaryDir home;
    QProcess shell;
    shell.setProcessEnvironment(cliEnvironment(home.path()));
    shell.start(
        text("fish"), {text("--no-config"), text("-c"), script + text("complete -C '") + typed + text("'")});
    QVERIFY(shell.waitForFinished());
    const QByteArray errors = shell.readAllStandardError();
    QVERIFY2(errors.isEmpty(), errors.constData());
    QStringList found;
    for (const QByteArray& line : shell.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty())
            found.append(QString::fromUtf8(line.split('\t').first()));
    }
    found.sort();
    QCOMPARE(found, offered);
}

void TestCliShells::printsAManualPage()
{
    const CliResult page = runCli({text("--print-man-page")});
    QVERIFY(page.out.startsWith(".TH LANGFUSE\\-PROXY 1") || page.out.startsWith(".TH LANGFUSE-PROXY 1"));
    for (const char* part : {".SS traces export", "ADMIN_TOKEN", ".SH EXIT STATUS"})
        QVERIFY2(page.out.contains(part), part);
}

REGISTER_TEST(TestCliShells)
#include "tst_clishells.moc"
