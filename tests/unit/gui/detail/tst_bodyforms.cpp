// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The forms of a body: laid out, as a tree, as bytes.

#include "gui/conversation/findbar.h"
#include "gui/detail/bodyview.h"
#include "gui/detail/hexview.h"
#include "gui/detail/jsontreemodel.h"
#include "gui/detail/prettyjson.h"
#include "gui/detail/rawpath.h"
#include "support/testprogram.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

class TestBodyForms final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOutJson_data();
    void laysOutJson();
    void cutsLongTexts();
    void laysOutEvents();
    void breaksLongLines();
    void makesMembersWhenTheyAreWanted();
    void findsPathsInPages();
    void showsBytes();
    void laysOutNoMoreThanIsWanted();
    void showsTheFrontOfLargeBodies();
    void findsWords();
    void findsPartsInTheBody_data();
    void findsPartsInTheBody();
};

void TestBodyForms::laysOutJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pretty");
    QTest::newRow("object") << QByteArray(R"({"a":1,"b":[1,2],"c":{}})")
                            << QByteArray("{\n  \"a\": 1,\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": {}\n}");
    QTest::newRow("numbers stay") << QByteArray("[12345678901234567890,1.0,1e400]")
                                  << QByteArray("[\n  12345678901234567890,\n  1.0,\n  1e400\n]");
    QTest::newRow("signs in texts") << QByteArray(R"(["{,:}","a\"b"])")
                                    << QByteArray("[\n  \"{,:}\",\n  \"a\\\"b\"\n]");
    QTest::newRow("spread already") << QByteArray("{ \"a\" :\n [ ] }") << QByteArray("{\n  \"a\": []\n}");
    QTest::newRow("cut") << QByteArray(R"({"a":[1,"b)") << QByteArray("{\n  \"a\": [\n    1,\n    \"b");
}

void TestBodyForms::laysOutJson()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pretty);
    QCOMPARE(prettyJson(json).toUtf8(), pretty);
}

void TestBodyForms::cutsLongTexts()
{
    const QByteArray umlauts = QByteArray("\xc3\xa4").repeated(6'000'000); // 12 MB
    const QString pretty = prettyJson("{\"data\":\"" + umlauts + "\",\"next\":1}");
    QVERIFY(pretty.size() < 300);
    QVERIFY(!pretty.contains(QChar(0xfffd)));
    QVERIFY(pretty.contains(QStringLiteral("MiB in all")) && pretty.contains(QStringLiteral("\"next\": 1")));
}

void TestBodyForms::laysOutEvents()
{
    QCOMPARE(prettyEvents("event: a\ndata: {\"x\":1}\n\ndata: [DONE]\n\n"),
        QStringLiteral("event: a\ndata: {\n  \"x\": 1\n}\n\ndata: [DONE]\n\n"));
}

void TestBodyForms::breaksLongLines()
{
    const QString broken
        = withBrokenLines(QStringLiteral("a\n") + QString(5001, u'x') + QStringLiteral("\nb"));
    const QStringList lines = broken.split(u'\n');
    QCOMPARE(lines.size(), 5);
    QCOMPARE(lines.first() + lines.last(), QStringLiteral("ab"));
    QCOMPARE(lines.at(1).size(), 2000);
    QCOMPARE(lines.at(3).size(), 1001);
    QCOMPARE(withBrokenLines(QStringLiteral("a\nb\n")), QStringLiteral("a\nb\n"));
}

void TestBodyForms::makesMembersWhenTheyAreWanted()
{
    JsonTreeModel model;
    model.setValue(QJsonDocument::fromJson(R"({"a":{"b":[1,"two",null]},"n":1.5})").object());
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex a = model.index(0, 0);
    QCOMPARE(a.data().toString(), QStringLiteral("a"));
    QCOMPARE(a.siblingAtColumn(1).data().toString(), QStringLiteral("1 member(s)"));
    QVERIFY(model.hasChildren(a) && model.canFetchMore(a));
    QCOMPARE(model.rowCount(a), 0);
    const QModelIndex two = model.find(QStringLiteral("a.b[1]"));
    QCOMPARE(two.siblingAtColumn(1).data().toString(), QStringLiteral("two"));
    QCOMPARE(two.data(JsonTreeModel::PathRole).toString(), QStringLiteral("a.b[1]"));
    QCOMPARE(model.parent(model.parent(two)), a);
    QVERIFY(!model.find(QStringLiteral("a.c")).isValid());
    QCOMPARE(
        model.find(QStringLiteral("a.b[2]")).siblingAtColumn(1).data().toString(), QStringLiteral("null"));
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestBodyForms::findsPathsInPages()
{
    QJsonArray many;
    for (int i = 0; i < 1000; ++i)
        many.append(i * 10);
    JsonTreeModel model;
    model.setValue(QJsonObject{{QStringLiteral("many"), many}});
    const QModelIndex list = model.index(0, 0);
    model.fetchMore(list);
    QCOMPARE(model.rowCount(list), 5);
    const QModelIndex found = model.find(QStringLiteral("many[777]"));
    QCOMPARE(found.siblingAtColumn(1).data().toString(), QStringLiteral("7770"));
    QCOMPARE(found.parent().row(), 3);
    QCOMPARE(model.rowCount(found.parent()), 200);
    QCOMPARE(model.rowCount(model.index(0, 0, list)), 0); // nobody looked there
}

void TestBodyForms::showsBytes()
{
    const QByteArray bytes = QByteArray("Hello\n\xff", 7) + QByteArray(12, 'z');
    QCOMPARE(HexView::line(bytes, 0),
        QStringLiteral("00000000  48 65 6c 6c 6f 0a ff 7a  7a 7a 7a 7a 7a 7a 7a 7a  Hello..zzzzzzzzz"));
    QCOMPARE(HexView::line(bytes, 1).left(20), QStringLiteral("00000010  7a 7a 7a  "));
}

void TestBodyForms::laysOutNoMoreThanIsWanted()
{
    const QByteArray list = '[' + QByteArray("12345,").repeated(100'000) + "0]";
    bool isWhole = true;
    const QString front = prettyJson(list, 1000, &isWhole);
    QVERIFY(!isWhole);
    QVERIFY(front.size() > 1000 && front.size() < 1100);
    QVERIFY(prettyJson(list, wholeText, &isWhole).startsWith(front) && isWhole);
    const QByteArray stream = QByteArray("data: {\"a\":1}\n\n").repeated(50'000);
    const QString events = prettyEvents(stream, 1000, &isWhole);
    QVERIFY(!isWhole);
    QVERIFY(events.size() > 1000 && events.size() < stream.size() / 4);
    QVERIFY(prettyEvents(stream, wholeText, &isWhole).startsWith(events) && isWhole);
}

void TestBodyForms::findsWords()
{
    BodyView view(QStringLiteral("request"), false);
    view.show();
    BodyView::Body body;
    body.bytes = R"({"a":"one","b":"two","c":"one"})";
    view.setBody(body);
    view.setForm(BodyView::Tree);
    auto* text = view.findChild<QPlainTextEdit*>(QStringLiteral("bodyText"));
    auto* words = view.findChild<QLineEdit*>(QStringLiteral("findText"));
    QVERIFY(!words->isVisible());
    view.findChild<FindBar*>()->open();
    QVERIFY(words->isVisible() && text->isVisible()); // a tree is not searched
    QTest::keyClicks(words, QStringLiteral("one"));
    QCOMPARE(text->textCursor().selectedText(), QStringLiteral("one"));
    QCOMPARE(text->textCursor().blockNumber(), 1);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(text->textCursor().blockNumber(), 3);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(text->textCursor().blockNumber(), 1);
    QTest::keyClicks(words, QStringLiteral("x"));
    const auto* result = view.findChild<QLabel*>(QStringLiteral("findResult"));
    QCOMPARE(result->text(), QStringLiteral("Not found"));
    QTest::keyClick(words, Qt::Key_Escape);
    QVERIFY(!words->isVisible());
}

void TestBodyForms::showsTheFrontOfLargeBodies()
{
    BodyView view(QStringLiteral("request"), false);
    BodyView::Body body;
    body.bytes = QByteArray("abcdefg\n").repeated(1'500'000); // 12 MB
    body.note = QStringLiteral("cut when it was kept");
    view.setBody(body);
    const auto* text = view.findChild<QPlainTextEdit*>(QStringLiteral("bodyText"));
    auto* all = view.findChild<QPushButton*>(QStringLiteral("loadAll"));
    QVERIFY(!all->isHidden());
    const auto* note = view.findChild<QLabel*>(QStringLiteral("bodyNote"));
    QVERIFY(note->text().contains(QStringLiteral("11.44 MiB")) && note->text().contains(body.note));
    QVERIFY(text->document()->characterCount() <= (256 << 10) + 1);
    all->click();
    QVERIFY(all->isHidden());
    QVERIFY(text->document()->characterCount() >= body.bytes.size());
}

void TestBodyForms::findsPartsInTheBody_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("found");
    const QByteArray texts = R"([{"content":"a"},{"content":[{"type":"text"},{"type":"image"}]}])";
    QTest::newRow("anthropic") << "{\"system\":\"s\",\"messages\":" + texts + '}'
                               << QStringLiteral("messages[1].content[1]");
    QTest::newRow("openai") << QByteArray(
        R"({"messages":[{"role":"system"},{"content":"a"},{"content":"b"}]})")
                            << QStringLiteral("messages[2]");
    QTest::newRow("gemini") << QByteArray(R"({"contents":[{"parts":[{}]},{"parts":[{},{}]}]})")
                            << QStringLiteral("contents[1].parts[1]");
    QTest::newRow("none") << QByteArray("{}") << QString();
}

void TestBodyForms::findsPartsInTheBody()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, found);
    const QJsonObject call = QJsonDocument::fromJson(
        R"({"input":{"messages":[{"role":"system"},{"role":"user"},{"role":"user"}]}})")
                                 .object();
    QCOMPARE(
        rawPath(QStringLiteral("input.messages[2].parts[1]"), call, QJsonDocument::fromJson(body).object()),
        found);
}

REGISTER_TEST(TestBodyForms)
#include "tst_bodyforms.moc"
