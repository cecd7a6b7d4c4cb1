// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The line that lists show of a call.

#include "support/testprogram.h"
#include "trace/callpreview.h"
#include "trace/recordrules.h"

#include <QTest>

namespace {

Part saidPart(const QByteArray& text)
{
    Part part;
    part.text = text;
    return part;
}

Part previewPart(Part::Kind kind, const QByteArray& id, const QByteArray& name, const QByteArray& text = {})
{
    Part part;
    part.kind = kind;
    part.id = id;
    part.name = name;
    part.text = text;
    return part;
}

Part failedPart(Part part)
{
    part.isError = true;
    return part;
}

using Kind = Part::Kind;

} // namespace

class TestCallPreview final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsNew_data();
    void saysWhatIsNew();
    void cutsBetweenCharacters();
    void namesCalledToolsOnce();
    void obeysTheRules();
};

void TestCallPreview::saysWhatIsNew_data()
{
    QTest::addColumn<QList<Message>>("messages");
    QTest::addColumn<QByteArray>("preview");
    const Message system{"system", {}, {saidPart("Be brief.")}, {}};
    const Message question{"user", {}, {saidPart("First\n  question")}, {}};
    const Message answer{"assistant", {},
        {saidPart("Let me see."), previewPart(Kind::ToolCall, "c1", "Read"),
            previewPart(Kind::ToolCall, "c2", "Bash")},
        {}};
    const Part read = previewPart(Kind::ToolResult, "c1", {}, "line 1\nline 2");
    const Part bash = previewPart(Kind::ToolResult, "c2", {}, "no such file");
    const QByteArray arrow = " \xe2\x86\x92 ";

    QTest::newRow("nothing") << QList<Message>() << QByteArray();
    QTest::newRow("a question") << QList<Message>{system, question} << QByteArray("First question");
    QTest::newRow("instructions alone") << QList<Message>{system} << QByteArray("Be brief.");
    QTest::newRow("a result") << QList<Message>{question, answer, {"user", {}, {read}, {}}}
                              << "Read" + arrow + "line 1 line 2";
    QTest::newRow("results") << QList<Message>{question, answer, {"user", {}, {read, bash}, {}}}
                             << "Read (+1)" + arrow + "line 1 line 2";
    QTest::newRow("results in messages") << QList<Message>{question, answer, {"tool", {}, {read}, {}},
        {"tool", {}, {bash}, {}}} << "Read (+1)" + arrow + "line 1 line 2";
    QTest::newRow("the failed one comes first")
        << QList<Message>{question, answer, {"user", {}, {read, failedPart(bash)}, {}}}
        << QByteArray("Bash (+1) failed: no such file");
    QTest::newRow("words beside a result")
        << QList<Message>{question, answer, {"user", {}, {read, saidPart("Now fix it")}, {}}}
        << QByteArray("Now fix it");
    QTest::newRow("a remark beside a result") << QList<Message>{question, answer,
        {"user", {}, {read, saidPart("<system-reminder>be good</system-reminder>")}, {}}}
                                              << "Read" + arrow + "line 1 line 2";
    QTest::newRow("a remark before the words")
        << QList<Message>{{"user", {}, {saidPart("\n<system-reminder>x"), saidPart("Hello")}, {}}}
        << QByteArray("Hello");
    QTest::newRow("a remark alone") << QList<Message>{{"user", {}, {saidPart("<system-reminder>x")}, {}}}
                                    << QByteArray("<system-reminder>x");
    QTest::newRow("an answer to go on from")
        << QList<Message>{question, {"assistant", {}, {saidPart("{")}, {}}} << QByteArray("First question");
    QTest::newRow("an unknown tool") << QList<Message>{{"user", {},
        {previewPart(Kind::ToolResult, "gone", {}, "x")}, {}}}
                                     << "tool" + arrow + "x";
    QTest::newRow("an image") << QList<Message>{{"user", {}, {previewPart(Kind::Image, {}, {}, "data:")}, {}}}
                              << QByteArray("[image]");
    QTest::newRow("a document") << QList<Message>{{"user", {},
        {previewPart(Kind::Document, {}, "a.pdf", "data:")}, {}}}
                                << QByteArray("[document] a.pdf");
}

void TestCallPreview::saysWhatIsNew()
{
    QFETCH(QList<Message>, messages);
    QFETCH(QByteArray, preview);
    QCOMPARE(CallPreview::ofInput({messages, {}}), preview);
}

void TestCallPreview::cutsBetweenCharacters()
{
    QCOMPARE(CallPreview::line(QByteArray(200, 'a')), QByteArray(200, 'a'));
    const QString cut = QString::fromUtf8(CallPreview::line(QByteArray(201, 'a')));
    QCOMPARE(cut.size(), CallPreview::maxCharacters);
    QVERIFY(cut.endsWith(QChar(0x2026)));
    const QByteArray smile = "\xf0\x9f\x98\x80"; // two UTF-16 units
    for (qsizetype before = 0; before < 4; ++before) {
        const QByteArray text = QByteArray(before, 'a') + smile.repeated(5000);
        const QString line = QString::fromUtf8(CallPreview::line(text));
        QVERIFY(line.size() <= CallPreview::maxCharacters && line.size() >= CallPreview::maxCharacters - 1);
        QVERIFY(!line.contains(QChar(0xfffd)));
        QVERIFY(line.endsWith(QChar(0x2026)) && !line.at(line.size() - 2).isHighSurrogate());
    }
    QCOMPARE(CallPreview::line(QByteArray("a\0\x1b[31m\tb", 9)), QByteArray("a[31m b"));
}

void TestCallPreview::namesCalledToolsOnce()
{
    Conversation output;
    output.messages = {{"assistant", {},
        {previewPart(Kind::ToolCall, "1", "Read"), saidPart("Bash"), previewPart(Kind::ToolCall, "2", "Bash"),
            previewPart(Kind::ToolCall, "3", "Read"), previewPart(Kind::ToolCall, "4", "a\nb")},
        {}}};
    QCOMPARE(CallPreview::calledTools(output), (QList<QByteArray>{"Read", "Bash", "a b"}));
    for (int n = 0; n < 40; ++n)
        output.messages.first().parts.append(previewPart(Kind::ToolCall, {}, "t" + QByteArray::number(n)));
    QCOMPARE(CallPreview::calledTools(output).size(), 16);
}

void TestCallPreview::obeysTheRules()
{
    TraceRecord record;
    record.input.messages = {{"user", {}, {saidPart("write to jane.doe@example.com")}, {}}};
    RecordRules metadata;
    metadata.keepsContent = false;
    TraceRecord omitted = record;
    applyRules(&omitted, metadata);
    QCOMPARE(CallPreview::ofInput(omitted.input), QByteArray("[omitted: 29 bytes]"));
}

REGISTER_TEST(TestCallPreview)
#include "tst_callpreview.moc"
