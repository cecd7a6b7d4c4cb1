// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/textbudget.h"

#include "base/medianote.h"

class TextBudgetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAtACharacterAndThenKeepsNothing();
    void keepsOpaqueThingsWholeOrNotAtAll();
    void chargesParts();
    void takesBackWhatComesAgain();
};

void TextBudgetTest::cutsAtACharacterAndThenKeepsNothing()
{
    TextBudget budget(6);
    QByteArray text;
    budget.append(&text, "abc");
    budget.append(&text, "\xF0\x9F\x98\x80"); // four bytes, three are left
    QCOMPARE(text, "abc");
    budget.append(&text, "d");
    QCOMPARE(text, "abc");
    QCOMPARE(budget.omittedBytes(), 5);
}

void TextBudgetTest::keepsOpaqueThingsWholeOrNotAtAll()
{
    TextBudget budget(5);
    QCOMPARE(budget.whole("abc"), "abc");
    QCOMPARE(budget.whole("def"), "");
    QCOMPARE(budget.whole("gh"), "gh");
    QCOMPARE(budget.omittedBytes(), 3);
}

void TextBudgetTest::chargesParts()
{
    TextBudget budget(10);
    Part text;
    text.text = "0123";
    text.signature = "sig";
    budget.charge(&text);
    QCOMPARE(text.text, "0123");
    QCOMPARE(text.signature, "sig");

    Part image;
    image.kind = Part::Kind::Image;
    image.text = "data:image/png;base64,AAAA";
    image.mediaType = "image/png";
    const QByteArray picture = image.text;
    for (int i = 0; i < 3; ++i) { // 80 bytes for media, apart from the text
        budget.charge(&image);
        QCOMPARE(image.text, picture);
    }
    budget.charge(&image);
    QCOMPARE(image.text, mediaNote("image/png", QByteArray(3, '\0')));
    QCOMPARE(image.mediaType, "image/png");
    Part elsewhere;
    elsewhere.kind = Part::Kind::Image;
    elsewhere.text = "https://example.com/a.png";
    budget.charge(&elsewhere);
    QCOMPARE(elsewhere.text, "");

    Part call;
    call.kind = Part::Kind::ToolCall;
    call.json = "{\"a\":1}";
    budget.charge(&call);
    QCOMPARE(call.json, "{\"a");
    QCOMPARE(budget.omittedBytes(), 26 + 25 + 4);

    Part audio;
    audio.kind = Part::Kind::Audio;
    audio.name = "transcript";
    budget.charge(&audio);
    QCOMPARE(audio.name, "");
}

void TextBudgetTest::takesBackWhatComesAgain()
{
    TextBudget budget(6);
    QByteArray text;
    budget.append(&text, "abc");
    const qsizetype before = budget.remainingBytes();
    budget.append(&text, "defgh");
    QCOMPARE(text, "abcdef");
    QCOMPARE(budget.remainingBytes(), 0);
    QCOMPARE(budget.omittedBytes(), 2);
    budget.giveBack(before, 2);
    QCOMPARE(budget.omittedBytes(), 0);
    QCOMPARE(budget.whole("xyz"), "xyz");
}

REGISTER_TEST(TextBudgetTest)
#include "tst_textbudget.moc"
