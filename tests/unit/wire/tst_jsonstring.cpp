// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/jsonstring.h"

class JsonStringTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unescapes_data();
    void unescapes();
    void quotes_data();
    void quotes();
};

void JsonStringTest::unescapes_data()
{
    QTest::addColumn<QByteArray>("escaped");
    QTest::addColumn<QByteArray>("text");

    QTest::newRow("plain") << QByteArray("caf\xC3\xA9") << QByteArray("caf\xC3\xA9");
    QTest::newRow("short escapes") << QByteArray(R"(\"\\\/\b\f\n\r\t)") << QByteArray("\"\\/\b\f\n\r\t");
    QTest::newRow("one, two, three bytes")
        << QByteArray(R"(\u0041\u00e9\u20AC)") << QByteArray("A\xC3\xA9\xE2\x82\xAC");
    QTest::newRow("NUL") << QByteArray(R"(a\u0000b)") << QByteArray("a\0b", 3);
    QTest::newRow("surrogate pair") << QByteArray(R"(\ud83d\ude00!)") << QByteArray("\xF0\x9F\x98\x80!");
    QTest::newRow("high half alone") << QByteArray(R"(\ud83dx)") << QByteArray("\xEF\xBF\xBDx");
    QTest::newRow("high half at the end") << QByteArray(R"(\ud83d)") << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("low half alone") << QByteArray(R"(\ude00)") << QByteArray("\xEF\xBF\xBD");
    QTest::newRow("high half, then a character") << QByteArray(R"(\ud83d\u0041)")
                                                 << QByteArray("\xEF\xBF\xBD"
                                                               "A");
    QTest::newRow("unknown escape") << QByteArray(R"(\q\u12)") << QByteArray(R"(\q\u12)");
    QTest::newRow("signs are no hex digits") << QByteArray(R"(\u+123)") << QByteArray(R"(\u+123)");
    QTest::newRow("backslash at the end") << QByteArray("a\\") << QByteArray("a\\");
}

void JsonStringTest::unescapes()
{
    QFETCH(QByteArray, escaped);
    QTEST(unescapeJson(escaped), "text");
}

void JsonStringTest::quotes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("json");

    QTest::newRow("plain") << QByteArray("caf\xC3\xA9 /") << QByteArray("\"caf\xC3\xA9 /\"");
    QTest::newRow("quote, backslash") << QByteArray("a\"b\\") << QByteArray(R"("a\"b\\")");
    QTest::newRow("control characters") << QByteArray("\n\x1f\0", 3) << QByteArray(R"("\u000a\u001f\u0000")");
}

void JsonStringTest::quotes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, json);
    QCOMPARE(quoteJson(text), json);
    QCOMPARE(unescapeJson(QByteArrayView(json).sliced(1, json.size() - 2)), text);
}

REGISTER_TEST(JsonStringTest)
#include "tst_jsonstring.moc"
