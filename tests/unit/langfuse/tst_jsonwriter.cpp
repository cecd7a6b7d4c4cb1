// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/jsonwriter.h"
#include "support/testprogram.h"

#include <QJsonDocument>
#include <QJsonObject>

class TestJsonWriter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesNestedValues();
    void escapesEveryControlCharacter();
    void replacesInvalidUtf8();
    void recognisesCompleteJson_data();
    void recognisesCompleteJson();
};

void TestJsonWriter::writesNestedValues()
{
    JsonWriter out;
    out.beginObject();
    out.key("a");
    out.beginArray();
    out.raw("1.0");
    out.raw("12345678901234567890123");
    out.string("x\"\\\n");
    out.beginObject();
    out.endObject();
    out.endArray();
    out.key("b");
    out.rawOrString("{\"cut\":");
    out.key("c");
    out.rawOrString("[true]");
    out.endObject();
    QCOMPARE(out.json(),
        QByteArray(R"({"a":[1.0,12345678901234567890123,"x\"\\\n",{}],"b":"{\"cut\":","c":[true]})"));
}

void TestJsonWriter::escapesEveryControlCharacter()
{
    QByteArray text;
    for (int c = 0; c < 0x80; ++c)
        text.append(static_cast<char>(c));
    JsonWriter out;
    out.beginObject();
    out.key("t");
    out.string(text);
    out.endObject();
    const QJsonDocument parsed = QJsonDocument::fromJson(out.json());
    QCOMPARE(parsed.object().value(QLatin1String("t")).toString().toLatin1(), text);
}

void TestJsonWriter::replacesInvalidUtf8()
{
    JsonWriter out;
    out.string("a\xff"
               "b\xc3\xa9");
    QCOMPARE(out.json(),
        QByteArray("\"a\xef\xbf\xbd"
                   "b\xc3\xa9\""));
}

void TestJsonWriter::recognisesCompleteJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("isComplete");
    QTest::newRow("object") << QByteArray(" {\"a\":1} ") << true;
    QTest::newRow("string") << QByteArray("\"x\"") << true;
    QTest::newRow("number") << QByteArray("0.70") << true;
    QTest::newRow("null") << QByteArray("null") << true;
    QTest::newRow("beyond 64 bits") << QByteArray("[123456789012345678901234567890]") << true;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("cut") << QByteArray("{\"a\":") << false;
    QTest::newRow("two values") << QByteArray("1,2") << false;
    QTest::newRow("cut after a big number") << QByteArray("[123456789012345678901234567890") << false;
    QTest::newRow("word") << QByteArray("priority") << false;
}

void TestJsonWriter::recognisesCompleteJson()
{
    QFETCH(QByteArray, json);
    QTEST(isCompleteJson(json), "isComplete");
}

REGISTER_TEST(TestJsonWriter)
#include "tst_jsonwriter.moc"
