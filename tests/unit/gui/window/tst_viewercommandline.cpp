// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the viewer can be started with, and what it refuses.

#include "gui/window/viewercommandline.h"
#include "support/testprogram.h"

#include <QDir>
#include <QTemporaryFile>
#include <QTest>

namespace {

Result<ViewerCommandLine> parsed(const QStringList& arguments)
{
    return ViewerCommandLine::parse(QStringList{QStringLiteral("langfuse-proxy-gui")} + arguments);
}

} // namespace

class TestViewerCommandLine final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingStartsAProxy()
    {
        const auto line = parsed({});
        QVERIFY(line);
        QVERIFY(line->startsProxy());
        QVERIFY(line->canBeHandedOver());
        QVERIFY(!line->preference);
    }

    void aFileIsShownWithoutAProxy()
    {
        const auto line = parsed({QStringLiteral("some.db")});
        QVERIFY(line);
        QCOMPARE(line->files, QStringList{QDir::current().absoluteFilePath(QStringLiteral("some.db"))});
        QVERIFY(!line->startsProxy());
        QVERIFY(line->canBeHandedOver());
    }

    void allOptionsAreTaken()
    {
        QTemporaryFile token;
        QVERIFY(token.open());
        token.write("secret\nmore\n");
        token.close();
        const auto line = parsed({QStringLiteral("--attach"), QStringLiteral("staging"),
            QStringLiteral("--token-file"), token.fileName(), QStringLiteral("--filter"),
            QStringLiteral("ttft:>1s"), QStringLiteral("--highlight"), QStringLiteral("model:opus"),
            QStringLiteral("--select"), QStringLiteral("id-1"), QStringLiteral("--theme"),
            QStringLiteral("dark"), QStringLiteral("--minimized"), QStringLiteral("--listen"),
            QStringLiteral("[::1]:4000"), QStringLiteral("--env-file"), QStringLiteral("x.env")});
        QVERIFY(line);
        QCOMPARE(line->attachTo, QUrl(QStringLiteral("http://staging:3000")));
        QVERIFY(line->token == Secret("secret"));
        QCOMPARE(line->filter, QStringLiteral("ttft:>1s"));
        QCOMPARE(line->highlight, QStringLiteral("model:opus"));
        QCOMPARE(line->selectId, QByteArray("id-1"));
        QCOMPARE(line->preference.value(), theme::Preference::Dark);
        QVERIFY(line->isMinimized);
        QCOMPARE(line->listenHost, QByteArray("::1"));
        QCOMPARE(line->listenPort, QByteArray("4000"));
        QCOMPARE(line->envFile, QByteArray("x.env"));
        QVERIFY(line->startsProxy()); // it was given an address
        QVERIFY(!line->canBeHandedOver());
    }

    void twoFilesAreComparedAndOneIsExported()
    {
        const auto diff = parsed({QStringLiteral("--diff"), QStringLiteral("a.db"), QStringLiteral("b.db")});
        QVERIFY(diff && diff->isDiff);
        QCOMPARE(diff->files.size(), 2);
        QVERIFY(!diff->startsProxy());
        QVERIFY(!diff->canBeHandedOver());
        const auto written = parsed({QStringLiteral("--headless"), QStringLiteral("--export"),
            QStringLiteral("csv:/x/y:z.csv"), QStringLiteral("--profile"), QStringLiteral("work_1")});
        QVERIFY(written && written->isHeadless);
        QCOMPARE(written->exportForm, QStringLiteral("csv"));
        QCOMPARE(written->exportFile, QStringLiteral("/x/y:z.csv"));
        QCOMPARE(written->profile, QStringLiteral("work_1"));
        QVERIFY(!written->startsProxy());
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("word");
        QTest::newRow("option") << QStringList{"--colour"} << "colour";
        QTest::newRow("files") << QStringList{"a.db", "b.db"} << "one file";
        QTest::newRow("both") << QStringList{"a.db", "--attach", "x"} << "Either";
        QTest::newRow("address") << QStringList{"--attach", "ftp://x"} << "--attach";
        QTest::newRow("token") << QStringList{"--token-file", "/none"} << "--attach";
        QTest::newRow("token file") << QStringList{"--attach", "x", "--token-file", "/none"} << "/none";
        QTest::newRow("listen") << QStringList{"--listen", "localhost"} << "--listen";
        QTest::newRow("port") << QStringList{"--listen", ":70000"} << "--listen";
        QTest::newRow("filter") << QStringList{"--filter", "ttft:>soon"} << "--filter";
        QTest::newRow("highlight") << QStringList{"--highlight", "(a"} << "--highlight";
        QTest::newRow("diff") << QStringList{"--diff", "a.db"} << "--diff";
        QTest::newRow("export") << QStringList{"--export", "har:x"} << "--headless";
        QTest::newRow("headless") << QStringList{"--headless"} << "--export";
        QTest::newRow("form") << QStringList{"--headless", "--export", "pdf:x"} << "pdf";
        QTest::newRow("no file") << QStringList{"--headless", "--export", "har:"} << "--export";
        QTest::newRow("profile") << QStringList{"--profile", "../x"} << "--profile";
        QTest::newRow("theme") << QStringList{"--theme", "pink"} << "--theme";
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, word);
        const auto line = parsed(arguments);
        QVERIFY(!line);
        QVERIFY2(line.error().message.contains(word), qPrintable(line.error().message));
    }

    void helpAndVersionAnswer()
    {
        QVERIFY(parsed({QStringLiteral("--help")})->answer.contains(QLatin1String("--attach")));
        QVERIFY(
            parsed({QStringLiteral("--version")})->answer.startsWith(QLatin1String("langfuse-proxy-gui ")));
    }
};

REGISTER_TEST(TestViewerCommandLine)
#include "tst_viewercommandline.moc"
