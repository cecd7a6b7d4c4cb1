// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/headerlist.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

class TestHeaderList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesNamesInAsciiOnly_data();
    void comparesNamesInAsciiOnly();
    void keepsOrderCaseAndRepeats();
    void setReplacesTheFirstAndRemovesTheRest();
    void setAppendsWhenThereIsNone();
    void setAcceptsAValueOfTheSameList();
    void removeCountsEveryLine();
    void removeIfSeesEveryLine();
    void tellsAnEmptyValueFromNone();
    void findsTokensInCommaLists_data();
    void findsTokensInCommaLists();
    void writesFieldLines();
    void copiesAreIndependent();
};

namespace {

HeaderList sample()
{
    return {{"Host", "a"}, {"Set-Cookie", "x=1"}, {"X-Empty", ""}, {"set-cookie", "y=2"}, {"ACCEPT", "*/*"}};
}

} // namespace

void TestHeaderList::comparesNamesInAsciiOnly_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("same");
    QTest::newRow("equal") << "Content-Type"_ba
                           << "Content-Type"_ba << true;
    QTest::newRow("other case") << "content-TYPE"_ba
                                << "Content-Type"_ba << true;
    QTest::newRow("prefix") << "Content"_ba
                            << "Content-Type"_ba << false;
    QTest::newRow("same length") << "Content-Tipe"_ba
                                 << "Content-Type"_ba << false;
    QTest::newRow("both empty") << ""_ba
                                << ""_ba << true;
    QTest::newRow("one empty") << ""_ba
                               << "a"_ba << false;
    QTest::newRow("brackets are not letters") << "a[b"_ba
                                              << "a{b"_ba << false;
    QTest::newRow("at sign is not a letter") << "@"_ba
                                             << "`"_ba << false;
    QTest::newRow("latin-1 letters have no case here") << "\xc9"_ba
                                                       << "\xe9"_ba << false;
    QTest::newRow("after a NUL") << "a\0b"_ba
                                 << "a\0c"_ba << false;
}

void TestHeaderList::comparesNamesInAsciiOnly()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QFETCH(bool, same);
    QCOMPARE(isSameHeaderName(a, b), same);
    QCOMPARE(isSameHeaderName(b, a), same);
}

void TestHeaderList::keepsOrderCaseAndRepeats()
{
    const HeaderList headers = sample();
    QCOMPARE(headers.size(), 5);
    QCOMPARE(headers.at(1).name, "Set-Cookie"_ba);
    QCOMPARE(headers.at(3).name, "set-cookie"_ba);
    QCOMPARE(headers.at(4).name, "ACCEPT"_ba);
    QCOMPARE(headers.values("SET-COOKIE"), (QList<QByteArray>{"x=1", "y=2"}));
    QCOMPARE(headers.value("set-cookie"), "x=1"_ba);
    QVERIFY(!headers.isEmpty());
    QVERIFY(HeaderList().isEmpty());
}

void TestHeaderList::setReplacesTheFirstAndRemovesTheRest()
{
    HeaderList headers = sample();
    headers.set("SET-COOKIE", "z=3"_ba);
    const HeaderList expected{{"Host", "a"}, {"Set-Cookie", "z=3"}, {"X-Empty", ""}, {"ACCEPT", "*/*"}};
    QCOMPARE(headers, expected);
}

void TestHeaderList::setAppendsWhenThereIsNone()
{
    HeaderList headers{{"a", "1"}};
    headers.set("B-New", "2"_ba);
    QCOMPARE(headers, (HeaderList{{"a", "1"}, {"B-New", "2"}}));
}

void TestHeaderList::setAcceptsAValueOfTheSameList()
{
    HeaderList headers = sample();
    headers.set("Set-Cookie", headers.at(3).value);
    QCOMPARE(headers.values("Set-Cookie"), (QList<QByteArray>{"y=2"}));
    headers.set("x-new", headers.at(0).value);
    QCOMPARE(headers.value("x-new"), "a"_ba);
}

void TestHeaderList::removeCountsEveryLine()
{
    HeaderList headers = sample();
    QCOMPARE(headers.remove("set-cookie"), 2);
    QCOMPARE(headers.remove("set-cookie"), 0);
    QCOMPARE(headers, (HeaderList{{"Host", "a"}, {"X-Empty", ""}, {"ACCEPT", "*/*"}}));
}

void TestHeaderList::removeIfSeesEveryLine()
{
    HeaderList headers = sample();
    QCOMPARE(headers.removeIf([](const Header& header) { return header.value.isEmpty(); }), 1);
    QVERIFY(!headers.contains("X-Empty"));
    QCOMPARE(headers.size(), 4);
}

void TestHeaderList::tellsAnEmptyValueFromNone()
{
    const HeaderList headers = sample();
    QVERIFY(headers.contains("x-empty"));
    QVERIFY(headers.value("x-empty").isEmpty());
    QVERIFY(!headers.contains("x-none"));
    QVERIFY(headers.value("x-none").isEmpty());
    QVERIFY(headers.values("x-none").isEmpty());
}

void TestHeaderList::findsTokensInCommaLists_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("found");
    QTest::newRow("alone") << "close"_ba << true;
    QTest::newRow("case") << "Close"_ba << true;
    QTest::newRow("in a list") << "keep-alive,\t close ,x"_ba << true;
    QTest::newRow("empty elements") << ",, close"_ba << true;
    QTest::newRow("part of a word") << "closed, disclose"_ba << false;
    QTest::newRow("with a parameter") << "close;q=1"_ba << false;
    QTest::newRow("empty") << ""_ba << false;
}

void TestHeaderList::findsTokensInCommaLists()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, found);
    const HeaderList one{{"connection", value}};
    QCOMPARE(one.hasToken("Connection", "close"), found);
    const HeaderList repeated{{"Connection", "upgrade"}, {"Other", "close"}, {"Connection", value}};
    QCOMPARE(repeated.hasToken("Connection", "close"), found);
}

void TestHeaderList::writesFieldLines()
{
    QByteArray out = "GET / HTTP/1.1\r\n";
    sample().appendTo(&out);
    QCOMPARE(out,
        "GET / HTTP/1.1\r\nHost: a\r\nSet-Cookie: x=1\r\nX-Empty: \r\nset-cookie: y=2\r\nACCEPT: */*\r\n"_ba);
}

void TestHeaderList::copiesAreIndependent()
{
    const HeaderList original = sample();
    HeaderList copy = original;
    QCOMPARE(copy, original);
    copy.append("X-More", "1");
    QVERIFY(!(copy == original));
    QCOMPARE(original, sample());
}

REGISTER_TEST(TestHeaderList)
#include "tst_headerlist.moc"
