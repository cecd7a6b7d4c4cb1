// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/jsonarraydecoder.h"

class JsonArrayDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsElementsInEveryChunking_data();
    void findsElementsInEveryChunking();
    void failsOnWhatIsNoArray_data();
    void failsOnWhatIsNoArray();
    void leavesOutAndCountsOversizedElements();

private:
    static QByteArrayList decode(const QByteArrayList& chunks, bool isFinished);
};

QByteArrayList JsonArrayDecoderTest::decode(const QByteArrayList& chunks, bool isFinished)
{
    QByteArrayList elements;
    JsonArrayDecoder decoder([&elements](QByteArrayView element) { elements.append(element.toByteArray()); });
    for (const QByteArray& chunk : chunks)
        decoder.feed(chunk);
    if (decoder.isFinished() != isFinished || decoder.isFailed())
        elements.append("unexpected state");
    return elements;
}

void JsonArrayDecoderTest::findsElementsInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArrayList>("elements");
    QTest::addColumn<bool>("isFinished");

    QTest::newRow("empty") << QByteArray(" [ ] ") << QByteArrayList() << true;
    QTest::newRow("objects") << QByteArray("[{\"a\":1}\n,\r\n{\"b\":[1,2,{}]}\n]\n")
                             << QByteArrayList{"{\"a\":1}", "{\"b\":[1,2,{}]}"} << true;
    QTest::newRow("brackets, quotes and backslashes in strings")
        << QByteArray(R"([{"a":"]},{\"\\"},"x\\\"]",["\\"]])")
        << QByteArrayList{R"({"a":"]},{\"\\"})", R"("x\\\"]")", R"(["\\"])"} << true;
    QTest::newRow("scalars") << QByteArray("[1, true ,null,\"x\"]")
                             << QByteArrayList{"1", "true", "null", "\"x\""} << true;
    QTest::newRow("cut") << QByteArray("[{\"a\":1},{\"b\":") << QByteArrayList{"{\"a\":1}"} << false;
    QTest::newRow("bytes behind the end") << QByteArray("[1] [2]") << QByteArrayList{"1"} << true;
    QTest::newRow("nothing") << QByteArray() << QByteArrayList() << false;
}

void JsonArrayDecoderTest::findsElementsInEveryChunking()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArrayList, elements);
    QFETCH(bool, isFinished);

    QCOMPARE(decode({stream}, isFinished), elements);
    for (qsizetype i = 1; i < stream.size(); ++i)
        QCOMPARE(decode({stream.first(i), stream.sliced(i)}, isFinished), elements);
    QByteArrayList bytes;
    for (const char c : stream)
        bytes.append(QByteArray(1, c));
    QCOMPARE(decode(bytes, isFinished), elements);
}

void JsonArrayDecoderTest::failsOnWhatIsNoArray_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("object") << QByteArray("{\"a\":[1]}");
    QTest::newRow("text") << QByteArray("Bad Gateway");
    QTest::newRow("comma first") << QByteArray("[,1]");
    QTest::newRow("two commas") << QByteArray("[1,,2]");
    QTest::newRow("comma last") << QByteArray("[1,]");
    QTest::newRow("no comma") << QByteArray("[{} {}]");
    QTest::newRow("closing bracket too many") << QByteArray("[1}");
}

void JsonArrayDecoderTest::failsOnWhatIsNoArray()
{
    QFETCH(QByteArray, stream);
    JsonArrayDecoder decoder([](QByteArrayView) {});
    decoder.feed(stream);
    QVERIFY(decoder.isFailed());
    QVERIFY(!decoder.isFinished());
}

void JsonArrayDecoderTest::leavesOutAndCountsOversizedElements()
{
    QByteArrayList elements;
    JsonArrayDecoder decoder(
        [&elements](QByteArrayView element) { elements.append(element.toByteArray()); }, 8);
    decoder.feed("[\"0123456789\",1,\"01234");
    decoder.feed("56789\",");
    decoder.feed("2]");
    QCOMPARE(elements, (QByteArrayList{"1", "2"}));
    QCOMPARE(decoder.oversizedElements(), 2);
    QVERIFY(decoder.isFinished());
}

REGISTER_TEST(JsonArrayDecoderTest)
#include "tst_jsonarraydecoder.moc"
