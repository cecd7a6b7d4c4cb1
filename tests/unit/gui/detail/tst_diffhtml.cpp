// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What changed since the call before.

#include "detailsamples.h"
#include "gui/detail/diffhtml.h"
#include "support/testprogram.h"

#include <QTest>
#include <QTextDocumentFragment>

namespace {

QString plainOf(const QString& html)
{
    return QTextDocumentFragment::fromHtml(html).toPlainText();
}

QJsonObject withCached(QJsonObject call, int cached)
{
    call.insert(QStringLiteral("tokens"),
        QJsonObject{{QStringLiteral("input"), 1000 - cached}, {QStringLiteral("cached"), cached},
            {QStringLiteral("output"), 10}});
    return call;
}

QJsonObject withTools(QJsonObject call, const QJsonArray& tools)
{
    QJsonObject input = call.value(QStringLiteral("input")).toObject();
    input.insert(QStringLiteral("tools"), tools);
    call.insert(QStringLiteral("input"), input);
    return call;
}

} // namespace

class TestDiffHtml final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheToolThatBrokeTheCache();
    void saysNothingWhereNothingIsWrong();
    void comparesLines_data();
    void comparesLines();
    void showsAllSections();
};

void TestDiffHtml::namesTheToolThatBrokeTheCache()
{
    const QJsonObject before = withCached(firstTurn(), 900);
    const QJsonObject after = withCached(
        withTools(secondTurn(), {detailTool(QStringLiteral("Read"), QStringLiteral("Reads another file"))}),
        0);
    QCOMPARE(DiffHtml::problem(before, after), QStringLiteral("cache miss: tool Read changed"));
    QVERIFY(DiffHtml::verdict(before, after).contains(QStringLiteral("up to tool Read")));
    QCOMPARE(DiffHtml::problem(before, withCached(secondTurn(), 0)), QStringLiteral("cache miss: expired"));
}

void TestDiffHtml::saysNothingWhereNothingIsWrong()
{
    const QJsonObject before = withCached(firstTurn(), 900);
    QVERIFY(DiffHtml::problem(before, withCached(secondTurn(), 900)).isEmpty());
    QVERIFY(DiffHtml::problem(withCached(firstTurn(), 0), withCached(secondTurn(), 0)).isEmpty());
    QVERIFY(DiffHtml::verdict(before, withCached(secondTurn(), 900)).contains(QStringLiteral("90%")));
}

void TestDiffHtml::comparesLines_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("lines");
    const QString long1 = QStringLiteral("1\n2\n3\n4\n5\n6\n7\n8\n9");
    QTest::newRow("same") << QStringLiteral("a\nb") << QStringLiteral("a\nb")
                          << QStringList{QStringLiteral("⋯ 2 line(s) unchanged")};
    QTest::newRow("changed in the middle")
        << long1 << QStringLiteral("1\n2\n3\n4\nX\n6\n7\n8\n9")
        << QStringList{QStringLiteral("⋯ 2 line(s) unchanged"), QStringLiteral("3"), QStringLiteral("4"),
               QStringLiteral("- 5"), QStringLiteral("+ X"), QStringLiteral("6"), QStringLiteral("7"),
               QStringLiteral("⋯ 2 line(s) unchanged")};
    QTest::newRow("added") << QString() << QStringLiteral("a") << QStringList{QStringLiteral("+ a")};
    QTest::newRow("removed") << QStringLiteral("a\nb") << QStringLiteral("b")
                             << QStringList{QStringLiteral("- a"), QStringLiteral("b")};
    QTest::newRow("moved") << QStringLiteral("a\nb\nc") << QStringLiteral("b\nc\na")
                           << QStringList{QStringLiteral("- a"), QStringLiteral("b"), QStringLiteral("c"),
                                  QStringLiteral("+ a")};
}

void TestDiffHtml::comparesLines()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QStringList, lines);
    QStringList shown;
    const QString plain = plainOf(DiffHtml::lines(before, after, QPalette()));
    for (const QString& line : plain.split(u'\n', Qt::SkipEmptyParts))
        shown.append(line.trimmed());
    QCOMPARE(shown, lines);
}

void TestDiffHtml::showsAllSections()
{
    QJsonObject after = withCached(withTools(secondTurn(),
                                       {detailTool(QStringLiteral("Read"), QStringLiteral("Reads a file")),
                                           detailTool(QStringLiteral("Edit"), QStringLiteral("Edits"))}),
        900);
    after.insert(QStringLiteral("parameters"), QJsonObject{{QStringLiteral("temperature"), 1}});
    const QString plain
        = plainOf(DiffHtml::of(withCached(firstTurn(), 500), after, QStringLiteral("#22"), QPalette()));
    for (const char* part : {"2 message(s) unchanged since #22", "message 4 (user) added", "tool Edit added",
             "parameter temperature added", "Input tokens", "+400"})
        QVERIFY2(plain.contains(QString::fromUtf8(part)), qPrintable(plain));
}

REGISTER_TEST(TestDiffHtml)
#include "tst_diffhtml.moc"
