// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/httpsyntax.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;
using namespace HttpSyntax;

class TestHttpSyntax final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsTokenCharacters();
    void knowsTokens();
    void trimsSpacesAndTabsOnly();
    void parsesDecimals_data();
    void parsesDecimals();
    void readsFields_data();
    void readsFields();
    void refusesMalformedFields_data();
    void refusesMalformedFields();
    void namesNoMoreThanTheStartOfABadName();
    void readsFraming_data();
    void readsFraming();
    void refusesAmbiguousFraming_data();
    void refusesAmbiguousFraming();
};

void TestHttpSyntax::knowsTokenCharacters()
{
    // RFC 9110 5.6.2
    const QByteArray allowed
        = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"_ba;
    for (int c = 0; c < 256; ++c)
        QVERIFY2(isTokenChar(char(c)) == allowed.contains(char(c)), qPrintable(QString::number(c, 16)));
}

void TestHttpSyntax::knowsTokens()
{
    QVERIFY(isToken("x-api-key"));
    QVERIFY(isToken("M-SEARCH"));
    QVERIFY(!isToken(""));
    QVERIFY(!isToken(QByteArrayView()));
    QVERIFY(!isToken("a b"));
    QVERIFY(!isToken("a:"));
    QVERIFY(!isToken("\xc3\xa9"));
    QVERIFY(!isToken("a\0"_ba));
}

void TestHttpSyntax::trimsSpacesAndTabsOnly()
{
    QCOMPARE(trimmed(" \t a b\t ").toByteArray(), "a b"_ba);
    QCOMPARE(trimmed(" \t ").toByteArray(), ""_ba);
    QCOMPARE(trimmed("").toByteArray(), ""_ba);
    QCOMPARE(trimmed("\va\r").toByteArray(), "\va\r"_ba);
}

void TestHttpSyntax::parsesDecimals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("number"); // -1: nothing
    QTest::newRow("zero") << "0"_ba << qint64(0);
    QTest::newRow("number") << "1234567890"_ba << qint64(1234567890);
    QTest::newRow("leading zeros") << "0000000000000000000000000007"_ba << qint64(7);
    QTest::newRow("largest") << "9223372036854775807"_ba << std::numeric_limits<qint64>::max();
    QTest::newRow("one more") << "9223372036854775808"_ba << qint64(-1);
    QTest::newRow("wraps to 1") << "18446744073709551617"_ba << qint64(-1);
    QTest::newRow("far too large") << "99999999999999999999999999"_ba << qint64(-1);
    for (const char* bad : {"", " 1", "1 ", "+1", "-1", "1.0", "0x1", "1e3", "1,1", "1_0", "\xd9\xa1"})
        QTest::newRow(qPrintable(u"bad: "_s + QString::fromUtf8(bad))) << QByteArray(bad) << qint64(-1);
    QTest::newRow("NUL") << "1\0"_ba << qint64(-1);
}

void TestHttpSyntax::parsesDecimals()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, number);
    QCOMPARE(parseDecimal(text).value_or(-1), number);
}

void TestHttpSyntax::readsFields_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<HeaderList>("headers");
    QTest::newRow("none") << ""_ba << HeaderList();
    QTest::newRow("plain") << "Host: a\r\nX-Y:b\r\n"_ba << HeaderList{{"Host", "a"}, {"X-Y", "b"}};
    QTest::newRow("white space around the value") << "a: \t b c \t\r\n"_ba << HeaderList{{"a", "b c"}};
    QTest::newRow("empty values") << "a:\r\nb: \t \r\n"_ba << HeaderList{{"a", ""}, {"b", ""}};
    QTest::newRow("colons in the value") << "a:b:c: d\r\n"_ba << HeaderList{{"a", "b:c: d"}};
    QTest::newRow("tab inside") << "a: b\tc\r\n"_ba << HeaderList{{"a", "b\tc"}};
    QTest::newRow("bytes beyond ASCII")
        << "a: \xe9\xc3\xa9\xff\r\n"_ba << HeaderList{{"a", "\xe9\xc3\xa9\xff"}};
    QTest::newRow("repeats, order, case")
        << "B: 1\r\na: 2\r\nb: 3\r\n"_ba << HeaderList{{"B", "1"}, {"a", "2"}, {"b", "3"}};
}

void TestHttpSyntax::readsFields()
{
    QFETCH(QByteArray, block);
    QFETCH(HeaderList, headers);
    const Result<HeaderList> parsed = parseFields(block);
    QVERIFY(parsed);
    QCOMPARE(*parsed, headers);
}

void TestHttpSyntax::refusesMalformedFields_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::newRow("obs-fold with a space") << "a: b\r\n c\r\n"_ba;
    QTest::newRow("obs-fold with a tab") << "a: b\r\n\tc: d\r\n"_ba;
    QTest::newRow("space before the first name") << " a: b\r\n"_ba;
    QTest::newRow("space before the colon") << "a : b\r\n"_ba;
    QTest::newRow("tab before the colon") << "a\t: b\r\n"_ba;
    QTest::newRow("space in the name") << "a b: c\r\n"_ba;
    QTest::newRow("empty name") << ": b\r\n"_ba;
    QTest::newRow("no colon") << "a b\r\n"_ba;
    QTest::newRow("name beyond ASCII") << "\xe9: b\r\n"_ba;
    QTest::newRow("NUL in the name") << "a\0a: b\r\n"_ba;
    QTest::newRow("NUL in the value") << "a: b\0c\r\n"_ba;
    QTest::newRow("NUL at the end of the value") << "a: b\0\r\n"_ba;
    QTest::newRow("escape character in the value") << "a: b\x1b[0m\r\n"_ba;
    QTest::newRow("DEL in the value") << "a: b\x7f\r\n"_ba;
    QTest::newRow("bare CR in the value") << "a: b\rc: d\r\n"_ba;
    QTest::newRow("bare CR in the name") << "a\rb: d\r\n"_ba;
    QTest::newRow("two CRs") << "a: b\r\r\n"_ba;
    QTest::newRow("bare LF") << "a: b\nc: d\r\n"_ba;
    QTest::newRow("LF first") << "\na: b\r\n"_ba;
    QTest::newRow("empty line") << "a: b\r\n\r\nc: d\r\n"_ba;
    QTest::newRow("empty line only") << "\r\n"_ba;
    QTest::newRow("unfinished line") << "a: b"_ba;
    QTest::newRow("unfinished CRLF") << "a: b\r"_ba;
}

void TestHttpSyntax::refusesMalformedFields()
{
    QFETCH(QByteArray, block);
    const QByteArray good = "Good: 1\r\n"_ba;
    const Result<HeaderList> parsed = parseFields(block);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::BadRequest);
    QVERIFY(!parsed.error().message.isEmpty());
    QVERIFY(!parseFields(QByteArray(good + block)));
}

void TestHttpSyntax::namesNoMoreThanTheStartOfABadName()
{
    const Result<HeaderList> spaced = parseFields("Authorization Bearer abc: x\r\n");
    QCOMPARE(spaced.error().subject, u"Authorization"_s);
    const Result<HeaderList> withoutColon = parseFields("x-api-key abc\r\n");
    QCOMPARE(withoutColon.error().subject, QString());
    const Result<HeaderList> badValue = parseFields("x-api-key: abc\1\r\n");
    QCOMPARE(badValue.error().subject, u"x-api-key"_s);
    const Result<HeaderList> longName = parseFields(QByteArray(QByteArray(1000, 'n') + " : x\r\n"));
    QCOMPARE(longName.error().subject, QString(40, u'n'));
}

void TestHttpSyntax::readsFraming_data()
{
    using Kind = Framing::Kind;
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<qint64>("length");
    QTest::newRow("none") << HeaderList{{"a", "b"}} << Kind::None << qint64(-1);
    QTest::newRow("length") << HeaderList{{"content-LENGTH", "12"}} << Kind::Length << qint64(12);
    QTest::newRow("length 0") << HeaderList{{"Content-Length", "0"}} << Kind::Length << qint64(0);
    QTest::newRow("equal lengths") << HeaderList{{"Content-Length", "5"}, {"content-length", "5"}}
                                   << Kind::Length << qint64(5);
    QTest::newRow("chunked") << HeaderList{{"Transfer-Encoding", "chunked"}} << Kind::Chunked << qint64(-1);
    QTest::newRow("Chunked") << HeaderList{{"transfer-encoding", "Chunked"}} << Kind::Chunked << qint64(-1);
}

void TestHttpSyntax::readsFraming()
{
    QFETCH(HeaderList, headers);
    QFETCH(Framing::Kind, kind);
    QFETCH(qint64, length);
    const Result<Framing> framing = parseFraming(headers);
    QVERIFY(framing);
    QVERIFY(framing->kind == kind);
    QCOMPARE(framing->contentLength, length);
}

void TestHttpSyntax::refusesAmbiguousFraming_data()
{
    QTest::addColumn<HeaderList>("headers");
    const auto lengths = [](const char* a, const char* b) {
        return HeaderList{{"Content-Length", a}, {"x", "y"}, {"content-length", b}};
    };
    QTest::newRow("two lengths") << lengths("5", "6");
    QTest::newRow("second length malformed") << lengths("5", "5x");
    QTest::newRow("second length empty") << lengths("5", "");
    for (const char* bad : {"", "-1", "+5", "5, 5", "5,6", "0x5", "5 5", "1e1", "9223372036854775808"}) {
        QTest::newRow(qPrintable(u"length "_s + QLatin1StringView(bad)))
            << HeaderList{{"Content-Length", bad}};
    }
    for (const char* bad : {"chunked, chunked", "chunked,", ", chunked", "gzip", "gzip, chunked", "identity",
             "chunked, identity", "", "xchunked", "chunked;q=1", "\"chunked\"", "chunked\v"}) {
        QTest::newRow(qPrintable(u"encoding "_s + QLatin1StringView(bad)))
            << HeaderList{{"Transfer-Encoding", bad}};
    }
    const Header chunked{"Transfer-Encoding", "chunked"};
    const Header length{"Content-Length", "5"};
    QTest::newRow("chunked twice") << HeaderList{chunked, chunked};
    QTest::newRow("chunked, then gzip") << HeaderList{chunked, {"Transfer-Encoding", "gzip"}};
    QTest::newRow("length, then chunked") << HeaderList{length, chunked};
    QTest::newRow("chunked, then length") << HeaderList{chunked, length};
    QTest::newRow("chunked and length 0") << HeaderList{{"Content-Length", "0"}, chunked};
}

void TestHttpSyntax::refusesAmbiguousFraming()
{
    QFETCH(HeaderList, headers);
    const Result<Framing> framing = parseFraming(headers);
    QVERIFY(!framing);
    QCOMPARE(framing.error().code, ErrorCode::BadRequest);
}

REGISTER_TEST(TestHttpSyntax)
#include "tst_httpsyntax.moc"
