// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/plaintext.h"

class TestPlainText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsUtf8AndLatin1();
    void removesControlCharacters();
    void cutsBetweenCharacters();
    void removesHalfACharacter();
    void saysWhatWasCut();
    void saysNothingWhenAllFits();
};

void TestPlainText::readsUtf8AndLatin1()
{
    QCOMPARE(PlainText::toUtf8("caf\xc3\xa9"), QByteArray("caf\xc3\xa9"));
    QCOMPARE(PlainText::toUtf8("caf\xe9"), QByteArray("caf\xc3\xa9"));
    QCOMPARE(PlainText::toUtf8("cut \xc3"), QByteArray("cut \xc3\x83"));
    QCOMPARE(PlainText::toUtf8({}), QByteArray());
}

void TestPlainText::removesControlCharacters()
{
    const QByteArray text("a\0b\r\n\tc\x7f\xc2\x85"
                          "d\xc2\xa0"
                          "e",
        14);
    QCOMPARE(PlainText::withoutControls(text),
        QByteArray("abcd\xc2\xa0"
                   "e"));
}

void TestPlainText::cutsBetweenCharacters()
{
    const QByteArray text("a\xe2\x82\xac"
                          "b\xf0\x9f\x98\x80");
    for (qsizetype bytes = 0; bytes <= text.size() + 1; ++bytes) {
        const QByteArray cut = PlainText::cutAtCharacter(text, bytes);
        QVERIFY(cut.size() <= bytes);
        QVERIFY(bytes - cut.size() < 4);
        QCOMPARE(PlainText::toUtf8(cut), cut);
        QVERIFY(text.startsWith(cut));
    }
    QCOMPARE(PlainText::cutAtCharacter(text, -5), QByteArray());
}

void TestPlainText::removesHalfACharacter()
{
    const QByteArray text("a\xe2\x82\xac"
                          "b\xf0\x9f\x98\x80\xc3\xa9");
    for (qsizetype bytes = 0; bytes <= text.size(); ++bytes)
        QCOMPARE(PlainText::withoutCutCharacter(text.first(bytes)), PlainText::cutAtCharacter(text, bytes));
    QCOMPARE(PlainText::withoutCutCharacter("\x80\x80\x80\x80"), QByteArray("\x80\x80\x80\x80"));
}

void TestPlainText::saysWhatWasCut()
{
    QCOMPARE(PlainText::cutWithMark("a\xe2\x82\xac"
                                    "bcd",
                 3),
        QByteArray("a…[truncated 6 bytes]"));
    QCOMPARE(PlainText::cutWithMark("abc", 0), QByteArray("…[truncated 3 bytes]"));
}

void TestPlainText::saysNothingWhenAllFits()
{
    QCOMPARE(PlainText::cutWithMark("abc", 3), QByteArray("abc"));
    QCOMPARE(PlainText::cutWithMark({}, 0), QByteArray());
}

REGISTER_TEST(TestPlainText)
#include "tst_plaintext.moc"
