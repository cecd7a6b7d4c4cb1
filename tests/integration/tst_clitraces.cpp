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
        return runCli(arguments + QStringList{text("--url"), QString::fromUtf8(site.proxy.url())});
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

REGISTER_TEST(TestCliTraces)
#include "tst_clitraces.moc"
