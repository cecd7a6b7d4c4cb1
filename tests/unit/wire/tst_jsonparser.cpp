// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/jsonparser.h"

static QByteArray nested(qsizetype depth)
{
    return QByteArray(depth, '[') + QByteArray(depth, ']');
}

class JsonParserTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsBytesOfEveryValue();
    void takesTheLastOfRepeatedMembers();
    void findsMembersWrittenWithEscapes();
    void answersNothingForWhatIsNotThere();
    void readsIntegers_data();
    void readsIntegers();
    void refuses_data();
    void refuses();
    void survivesNestingBombs();
    void refusesTooManyValues();
    void parsesAgain();
};

void JsonParserTest::keepsBytesOfEveryValue()
{
    JsonParser parser;
    const QByteArray text = " {\"big\" : 12345678901234567890123, \"one\":1.0,\"exp\":1E+2 ,\r\n"
                            "\"text\":\"caf\\u00e9\", \"list\" : [ 1 , {\"a\" : [ ] } ] , \"o\":{ } ,"
                            "\"t\":true,\"f\":false ,\"n\":null} \n";
    const JsonValue root = parser.parse(text);
    QVERIFY(root.isObject());
    QCOMPARE(root.json(), text.trimmed());
    QCOMPARE(root["big"].json(), "12345678901234567890123");
    QCOMPARE(root["one"].json(), "1.0");
    QCOMPARE(root["exp"].json(), "1E+2");
    QCOMPARE(root["text"].json(), "\"caf\\u00e9\"");
    QCOMPARE(root["text"].text(), "caf\xC3\xA9");
    QCOMPARE(root["list"].json(), "[ 1 , {\"a\" : [ ] } ]");
    QCOMPARE(root["o"].json(), "{ }");
    QVERIFY(root["o"].isObject() && root["o"].isEmpty());
    QVERIFY(root["t"].isTrue());
    QVERIFY(!root["f"].isTrue());
    QCOMPARE(root["f"].scalar(), "false");
    QVERIFY(root["n"].isNull());

    QByteArrayList elements;
    for (const JsonValue element : root["list"])
        elements.append(element.json());
    QCOMPARE(elements, (QByteArrayList{"1", "{\"a\" : [ ] }"}));
    QByteArrayList names;
    for (const JsonValue member : root)
        names.append(member.name());
    QCOMPARE(names, (QByteArrayList{"big", "one", "exp", "text", "list", "o", "t", "f", "n"}));
}

void JsonParserTest::takesTheLastOfRepeatedMembers()
{
    JsonParser parser;
    QCOMPARE(parser.parse(R"({"a":1,"b":{"a":5},"a":2})")["a"].json(), "2");
}

void JsonParserTest::findsMembersWrittenWithEscapes()
{
    JsonParser parser;
    QCOMPARE(parser.parse(R"({"str\u0065am":true,"q\"":1})")["stream"].json(), "true");
    QCOMPARE(parser.parse(R"({"q\"":1})")["q\""].json(), "1");
}

void JsonParserTest::answersNothingForWhatIsNotThere()
{
    JsonParser parser;
    const JsonValue root = parser.parse(R"({"a":[1]})");
    QVERIFY(!root["b"]["c"].exists());
    QVERIFY(!root["a"]["c"].exists());
    QVERIFY(root["b"].json().isEmpty());
    QVERIFY(root["a"].text().isEmpty());
    QVERIFY(!root["b"].integer());
    for (const JsonValue value : root["b"])
        QFAIL(value.json().constData());
}

void JsonParserTest::readsIntegers_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("number"); // -1: none

    QTest::newRow("0") << QByteArray("0") << qint64(0);
    QTest::newRow("big") << QByteArray("9223372036854775807") << Q_INT64_C(9223372036854775807);
    QTest::newRow("too big") << QByteArray("12345678901234567890") << qint64(-1);
    QTest::newRow("fraction zero") << QByteArray("12.0") << qint64(12);
    QTest::newRow("exponent") << QByteArray("1e3") << qint64(1000);
    QTest::newRow("fraction") << QByteArray("1.5") << qint64(-1);
    QTest::newRow("huge") << QByteArray("1e300") << qint64(-1);
    QTest::newRow("text") << QByteArray("\"5\"") << qint64(-1);
    QTest::newRow("null") << QByteArray("null") << qint64(-1);
}

void JsonParserTest::readsIntegers()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, number);
    JsonParser parser;
    QCOMPARE(parser.parse(QByteArray("{\"a\":" + json + "}"))["a"].integer().value_or(-1), number);
}

void JsonParserTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");

    const char* const texts[] = {"", " ", "x", "[DONE]", "{", "[", "}", "{]", "[}", "{}{}", "[] 1", "{} x",
        "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{,}", "[,]", "[1,]",
        "[,1]", "[1 2]", "[1,,2]", "[01]", "[1.]", "[.5]", "[+1]", "[-]", "[1e]", "[0x1]", "[NaN]", "[tru]",
        "[truex]", "[nul]", "[falsey]", "[\"]", "[\"a]", "[\"a\nb\"]", "{\"a\":\"b}", "[1}", "{\"a\":[1}",
        "[\"\xFF\"]", "[\"\xC3\"]", "{1:2}", "[\"a\"b]", "[1]]", "{\"a\":1}}"};
    for (const char* const text : texts)
        QTest::addRow("%s", text) << QByteArray(text);
    QTest::newRow("scalar") << QByteArray("12");
    QTest::newRow("NUL") << QByteArray("[1]\0", 4);
}

void JsonParserTest::refuses()
{
    QFETCH(QByteArray, text);
    JsonParser parser;
    QVERIFY(!parser.parse(text).exists());
    QVERIFY(parser.parse("[1]").exists());
}

void JsonParserTest::survivesNestingBombs()
{
    JsonParser parser;
    const qsizetype depth = 100'000;
    QVERIFY(!parser.parse(QByteArray(depth, '[')).exists());
    QVERIFY(!parser.parse(nested(depth)).exists());
    QByteArray objects;
    for (qsizetype i = 0; i < depth; ++i)
        objects += "{\"a\":";
    QVERIFY(!parser.parse(objects).exists());
    QVERIFY(parser.parse(nested(250)).exists());
}

void JsonParserTest::refusesTooManyValues()
{
    JsonParser parser;
    QVERIFY(parser.parse(QByteArray("[" + QByteArray("0,").repeated(1'000'000) + "0]")).exists());
    QVERIFY(!parser.parse(QByteArray("[" + QByteArray("0,").repeated(3'000'000) + "0]")).exists());
    QVERIFY(parser.parse("[0]").exists());
}

void JsonParserTest::parsesAgain()
{
    JsonParser parser;
    QCOMPARE(parser.parse(QByteArray("{\"a\":\"" + QByteArray(3'000'000, 'x') + "\"}"))["a"].text().size(),
        3'000'000);
    for (int i = 0; i < 100; ++i) {
        const QByteArray text = '[' + QByteArray::number(i) + ']';
        QCOMPARE(parser.parse(text).json(), text);
    }
}

REGISTER_TEST(JsonParserTest)
#include "tst_jsonparser.moc"
