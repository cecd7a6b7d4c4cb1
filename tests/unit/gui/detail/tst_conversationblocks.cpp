// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The cards of a conversation.

#include "detailsamples.h"
#include "gui/conversation/conversationblocks.h"
#include "gui/conversation/conversationhtml.h"
#include "gui/conversation/conversationtext.h"
#include "gui/style/theme.h"
#include "support/testprogram.h"

#include <QTest>

using CardsKind = ConversationBlock::Kind;

namespace {

QList<CardsKind> kindsOf(const QList<ConversationBlock>& blocks)
{
    QList<CardsKind> kinds;
    for (const ConversationBlock& block : blocks)
        kinds.append(block.kind);
    return kinds;
}

const ConversationBlock* findCard(const QList<ConversationBlock>& blocks, CardsKind kind)
{
    for (const ConversationBlock& block : blocks) {
        if (block.kind == kind)
            return &block;
    }
    return nullptr;
}

} // namespace

class TestConversationBlocks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesACardOfEachPart();
    void foldsWhatThePreviousCallSaid();
    void foldsBehindTheLastAnswerOtherwise();
    void showsWhatIsRewrittenAsNew();
    void putsResultsOfTheNextCallToTheirCalls();
    void showsTheProvidersError();
    void writesMarkdown();
    void staysReadable_data();
    void staysReadable();
};

void TestConversationBlocks::makesACardOfEachPart()
{
    const QList<ConversationBlock> blocks = ConversationBlocks::of(secondTurn(), {});
    QCOMPARE(kindsOf(blocks),
        (QList<CardsKind>{CardsKind::System, CardsKind::Tools, CardsKind::History, CardsKind::User,
            CardsKind::Thinking, CardsKind::RedactedThinking, CardsKind::Assistant, CardsKind::ToolCall,
            CardsKind::ToolCall, CardsKind::ToolResult, CardsKind::ToolResult, CardsKind::Image,
            CardsKind::Unknown, CardsKind::Assistant, CardsKind::Refusal, CardsKind::Footer}));
    QVERIFY(findCard(blocks, CardsKind::Thinking)->note.contains(QStringLiteral("✓")));
    QVERIFY(findCard(blocks, CardsKind::RedactedThinking)->text.isEmpty());
    QVERIFY(findCard(blocks, CardsKind::RedactedThinking)->note.startsWith(QStringLiteral("11 ")));
    QCOMPARE(findCard(blocks, CardsKind::ToolResult)->title, QStringLiteral("Tool result · Read"));
    QVERIFY(!findCard(blocks, CardsKind::ToolResult)->isError && blocks.at(10).isError);
    QCOMPARE(findCard(blocks, CardsKind::Image)->media, detailPicture().toLatin1());
    QVERIFY(findCard(blocks, CardsKind::Unknown)->text.contains(QStringLiteral("novelty")));
    QCOMPARE(blocks.at(9).path, QStringLiteral("input.messages[3].parts[0]"));
    QCOMPARE(blocks.last().text,
        QStringLiteral("stop end_turn · in 48.2k (95% cached) · out 512 (180 thinking) · $0.041"));
}

void TestConversationBlocks::foldsWhatThePreviousCallSaid()
{
    ConversationNeighbours neighbours;
    neighbours.previous = firstTurn();
    neighbours.previousName = QStringLiteral("#22");
    const QList<ConversationBlock> blocks = ConversationBlocks::of(secondTurn(), neighbours);
    QCOMPARE(findCard(blocks, CardsKind::History)->title,
        QStringLiteral("2 earlier message(s) unchanged since #22"));
    QVERIFY(findCard(blocks, CardsKind::System)->note.endsWith(QStringLiteral("as in #22")));
    for (const ConversationBlock& block : blocks) {
        if (block.path.startsWith(QStringLiteral("input.messages[")))
            QCOMPARE(block.isNew, block.path.startsWith(QStringLiteral("input.messages[3]")));
    }
}

void TestConversationBlocks::foldsBehindTheLastAnswerOtherwise()
{
    const QList<ConversationBlock> blocks = ConversationBlocks::of(secondTurn(), {});
    QCOMPARE(findCard(blocks, CardsKind::History)->title, QStringLiteral("2 earlier message(s)"));
    QVERIFY(!findCard(ConversationBlocks::of(firstTurn(), {}), CardsKind::History));
    QVERIFY(findCard(ConversationBlocks::of(firstTurn(), {}), CardsKind::User)->isNew);
}

void TestConversationBlocks::showsWhatIsRewrittenAsNew()
{
    ConversationNeighbours neighbours;
    neighbours.previous = secondTurn();
    neighbours.previousName = QStringLiteral("#2");
    const QJsonArray input = joined(detailHistory(),
        {detailText(QStringLiteral("assistant"), QStringLiteral("In short: it failed.")),
            detailText(QStringLiteral("user"), QStringLiteral("Go on"))});
    const QList<ConversationBlock> blocks
        = ConversationBlocks::of(detailCall(QStringLiteral("third"), input, {}), neighbours);
    QCOMPARE(ConversationBlocks::sharedMessages(secondTurn(), detailCall({}, input, {})), 1);
    QVERIFY(blocks.at(blocks.size() - 2).isNew);
    QCOMPARE(blocks.at(blocks.size() - 2).text, QStringLiteral("Go on"));
}

void TestConversationBlocks::putsResultsOfTheNextCallToTheirCalls()
{
    ConversationNeighbours neighbours;
    neighbours.next = secondTurn();
    neighbours.nextName = QStringLiteral("in #24");
    const QList<ConversationBlock> blocks = ConversationBlocks::of(firstTurn(), neighbours);
    QList<ConversationBlock> calls;
    for (const ConversationBlock& block : blocks) {
        if (block.kind == CardsKind::ToolCall)
            calls.append(block);
    }
    QCOMPARE(calls.size(), 2);
    QVERIFY(calls.at(0).hasResult && !calls.at(0).isResultError);
    QCOMPARE(calls.at(0).result, QStringLiteral("return sum(values)"));
    QCOMPARE(calls.at(0).resultNote, QStringLiteral("in #24"));
    QVERIFY(calls.at(1).isResultError);
}

void TestConversationBlocks::showsTheProvidersError()
{
    const QJsonObject call = detailCall(QStringLiteral("x"), detailHistory(), {}, {},
        {{QStringLiteral("error"), QStringLiteral("overloaded_error")},
            {QStringLiteral("errorMessage"), QStringLiteral("Overloaded, try later")}});
    const QList<ConversationBlock> blocks = ConversationBlocks::of(call, {});
    const ConversationBlock* error = findCard(blocks, CardsKind::Error);
    QVERIFY(error && error->isError);
    QCOMPARE(error->title, QStringLiteral("overloaded_error"));
    QCOMPARE(error->note, QStringLiteral("200")); // in the middle of a stream that began well
    QCOMPARE(error->text, QStringLiteral("Overloaded, try later"));
}

void TestConversationBlocks::writesMarkdown()
{
    const QString markdown = ConversationText::markdown(ConversationBlocks::of(firstTurn(), {}));
    for (const char* part : {"## User\n\nWhy does the test fail?", "## Thinking\n\nThe sum looks wrong.",
             "## Tool call · Bash\n\n```json\n{\n    \"path\": \"stats.py\"\n}\n```"})
        QVERIFY2(markdown.contains(QString::fromUtf8(part)), qPrintable(markdown));
    QVERIFY(!markdown.contains(QStringLiteral("opaque-data")));
}

void TestConversationBlocks::staysReadable_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestConversationBlocks::staysReadable()
{
    QFETCH(bool, isDark);
    QPalette palette;
    palette.setColor(QPalette::Base, isDark ? QColor(0x1e1e1e) : QColor(Qt::white));
    palette.setColor(QPalette::Text, isDark ? QColor(0xeeeeee) : QColor(Qt::black));
    for (int kind = 0; kind <= int(CardsKind::Footer); ++kind) {
        ConversationBlock block;
        block.kind = CardsKind(kind);
        for (const char* provider : {"anthropic", "openai", "gemini", "other"}) {
            const QColor accent = ConversationHtml::accentOf(block, QLatin1String(provider), palette);
            const QColor ground = theme::tinted(accent, palette);
            QVERIFY2(theme::contrast(accent, ground) >= 4.5,
                qPrintable(QStringLiteral("%1 %2").arg(kind).arg(theme::contrast(accent, ground))));
            QVERIFY(theme::contrast(ConversationHtml::quietOn(ground, palette), ground) >= 4.5);
        }
    }
}

REGISTER_TEST(TestConversationBlocks)
#include "tst_conversationblocks.moc"
