// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Text of an open call: each byte once, no half characters, no credentials.

#include "support/testprogram.h"
#include "trace/livetexts.h"

#include <QTest>

namespace {

const QByteArray liveKey = "sk-live-0123456789";

Part livePart(
    Part::Kind kind, const QByteArray& text, const QByteArray& name = {}, const QByteArray& json = {})
{
    Part part;
    part.kind = kind;
    part.text = text;
    part.name = name;
    part.json = json;
    return part;
}

Conversation liveAnswer(const QByteArray& text)
{
    Conversation output;
    output.messages = {{"assistant", {}, {livePart(Part::Kind::Text, text)}, {}}};
    return output;
}

/// What a viewer puts together, when the text grows to these lengths and then ends.
QByteArray seenOf(const QByteArray& text, qsizetype step)
{
    LiveTexts texts({Secret(liveKey)});
    QByteArray seen;
    for (qsizetype length = step; length < text.size() + step; length += step) {
        const bool isEnd = length >= text.size();
        for (const LiveText& piece :
            texts.take(liveAnswer(text.first(std::min(length, text.size()))), isEnd)) {
            if (QString::fromUtf8(piece.text).contains(QChar::ReplacementCharacter))
                return "half a character";
            seen += piece.text;
        }
    }
    return seen;
}

} // namespace

class TestLiveTexts final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesEachByteOnceInEveryCutting_data();
    void givesEachByteOnceInEveryCutting();
    void tellsPartsApart();
    void leavesOutWhatIsTooLong();
};

void TestLiveTexts::givesEachByteOnceInEveryCutting_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("seen");
    const auto same = [](const char* name, const QByteArray& text) { QTest::newRow(name) << text << text; };
    same("plain", "It is sunny in Paris.");
    same("characters", "caf\xc3\xa9 \xf0\x9f\x8c\x9e \xe2\x82\xac");
    same("nearly a key", "sk-live-01234 and sk-live");
    QTest::newRow("a key") << "your key is " + liveKey + ", keep it"
                           << QByteArray("your key is ***, keep it");
    QTest::newRow("keys side by side") << liveKey + liveKey << QByteArray("******");
    QTest::newRow("a key at the end") << "key " + liveKey << QByteArray("key ***");
    QTest::newRow("a key behind its beginning") << "sk-live-" + liveKey << QByteArray("sk-live-***");
}

void TestLiveTexts::givesEachByteOnceInEveryCutting()
{
    QFETCH(QByteArray, text);
    for (qsizetype step = 1; step <= text.size() + 1; ++step)
        QTEST(seenOf(text, step), "seen");
}

void TestLiveTexts::tellsPartsApart()
{
    LiveTexts texts({});
    Conversation output;
    output.messages = {{"assistant", {},
        {livePart(Part::Kind::Thinking, "hm"), livePart(Part::Kind::Image, "data:"),
            livePart(Part::Kind::ToolCall, {}, "get", "{\"a\"")},
        {}}};
    QCOMPARE(texts.take(output, false),
        QList<LiveText>(
            {{0, 0, Part::Kind::Thinking, {}, 0, "hm"}, {0, 2, Part::Kind::ToolCall, "get", 0, "{\"a\""}}));
    QVERIFY(texts.take(output, false).isEmpty());
    output.messages[0].parts[2].json += ":1}";
    output.messages.append({"assistant", {}, {livePart(Part::Kind::Refusal, "no")}, {}});
    QCOMPARE(texts.take(output, true),
        QList<LiveText>(
            {{0, 2, Part::Kind::ToolCall, "get", 4, ":1}"}, {1, 0, Part::Kind::Refusal, {}, 0, "no"}}));
}

void TestLiveTexts::leavesOutWhatIsTooLong()
{
    LiveTexts texts({});
    const QByteArray text(LiveTexts::maxPieceBytes + 1000, 'x');
    QCOMPARE(texts.take(liveAnswer(text), false).first().text.size(), LiveTexts::maxPieceBytes);
    const QList<LiveText> rest = texts.take(liveAnswer(text + "end"), false);
    QCOMPARE(rest, QList<LiveText>({{0, 0, Part::Kind::Text, {}, text.size(), "end"}}));
}

REGISTER_TEST(TestLiveTexts)
#include "tst_livetexts.moc"
