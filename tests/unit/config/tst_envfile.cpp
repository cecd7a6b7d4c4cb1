// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/envfile.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

using Values = QHash<QByteArray, QByteArray>;

class TestEnvFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOneValue_data();
    void readsOneValue();
    void readsManyLines();
    void readsTheSameWithCrlf();
    void readsTheSameWithAByteOrderMark();
    void reportsIgnoredLines();
    void countsTheLinesOfQuotedValues();
    void anUnclosedQuoteEndsWithItsLine();
    void keepsEverythingThatIsNotChanged();
    void readsBackWhatItWrites();
    void readsEveryPrefixOfAFile();
};

void TestEnvFile::readsOneValue_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("plain") << "K=value"_ba
                           << "value"_ba;
    QTest::newRow("empty") << "K="_ba
                           << ""_ba;
    QTest::newRow("spaces only") << "K= \t "_ba
                                 << ""_ba;
    QTest::newRow("spaces around") << "  K \t=  a b \t"_ba
                                   << "a b"_ba;
    QTest::newRow("export") << "export K=v"_ba
                            << "v"_ba;
    QTest::newRow("export and tab") << "export\tK=v"_ba
                                    << "v"_ba;
    QTest::newRow("equals in the value") << "K=a=b=="_ba
                                         << "a=b=="_ba;
    QTest::newRow("url") << "K=https://a.b:8080/c"_ba
                         << "https://a.b:8080/c"_ba;
    QTest::newRow("comment") << "K=v # comment"_ba
                             << "v"_ba;
    QTest::newRow("comment after a tab") << "K=v\t#c"_ba
                                         << "v"_ba;
    QTest::newRow("comment only") << "K=# comment"_ba
                                  << ""_ba;
    QTest::newRow("comment after spaces") << "K=  # comment"_ba
                                          << ""_ba;
    QTest::newRow("hash inside a word") << "K=sk-ab#cd"_ba
                                        << "sk-ab#cd"_ba;
    QTest::newRow("two comments") << "K=v # a # b"_ba
                                  << "v"_ba;
    QTest::newRow("dollar") << "K=$HOME ${X} $$"_ba
                            << "$HOME ${X} $$"_ba;
    QTest::newRow("backslashes") << R"(K=C:\new\dir)"_ba
                                 << R"(C:\new\dir)"_ba;
    QTest::newRow("quotes inside") << R"(K={"a":"b"})"_ba
                                   << R"({"a":"b"})"_ba;
    QTest::newRow("apostrophe inside") << "K=don't"_ba
                                       << "don't"_ba;
    QTest::newRow("bytes beyond ASCII") << "K=h\xc3\xa9\xff"_ba
                                        << "h\xc3\xa9\xff"_ba;

    QTest::newRow("double quotes") << R"(K=" a # b ")"_ba
                                   << " a # b "_ba;
    QTest::newRow("double quotes, comment") << R"(K="a" # "b")"_ba
                                            << "a"_ba;
    QTest::newRow("comment without a space") << R"(K="a"#b)"_ba
                                             << "a"_ba;
    QTest::newRow("empty double quotes") << R"(K="")"_ba
                                         << ""_ba;
    QTest::newRow("escapes") << R"(K="a\nb\r\t\"\\n")"_ba
                             << "a\nb\r\t\"\\n"_ba;
    QTest::newRow("dollar in double quotes") << R"(K="$a ${b} \$c")"_ba
                                             << "$a ${b} $c"_ba;
    QTest::newRow("other backslashes") << R"(K="C:\dir\')"_ba + "\""_ba
                                       << R"(C:\dir\')"_ba;
    QTest::newRow("backslash at the end") << R"(K="a\\")"_ba
                                          << "a\\"_ba;
    QTest::newRow("apostrophe in double quotes") << R"(K="don't")"_ba
                                                 << "don't"_ba;
    QTest::newRow("single quotes") << R"(K='a\n"$b" # c')"_ba
                                   << R"(a\n"$b" # c)"_ba;
    QTest::newRow("back quotes") << R"(K=`a "b" 'c'`)"_ba
                                 << R"(a "b" 'c')"_ba;
    QTest::newRow("lines in double quotes") << "K=\"a\nb\n\""_ba
                                            << "a\nb\n"_ba;
    QTest::newRow("text after the quotes") << R"(K="a" b)"_ba
                                           << R"("a" b)"_ba;
    QTest::newRow("two quoted words") << R"(K='a' 'b')"_ba
                                      << R"('a' 'b')"_ba;
    QTest::newRow("unclosed quote") << R"(K="abc)"_ba
                                    << R"("abc)"_ba;
    QTest::newRow("a quote alone") << "K=\""_ba
                                   << "\""_ba;
    QTest::newRow("an escaped closing quote") << R"(K="abc\")"_ba
                                              << R"("abc\")"_ba;
}

void TestEnvFile::readsOneValue()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, value);
    QCOMPARE(parseEnvFile(line).values, (Values{{"K", value}}));
    const EnvFile amongOthers = parseEnvFile(QByteArray("A=1\n" + line + "\nZ=2\n"));
    QCOMPARE(amongOthers.values, (Values{{"A", "1"}, {"K", value}, {"Z", "2"}}));
    QVERIFY(amongOthers.ignoredLines.isEmpty());
}

namespace {

const QByteArray sample = R"(# comment
PORT=4000

  # indented comment
export HOST='::1'
QUOTED="two
lines" # comment
EMPTY=
PORT=5000
dotted.name-x=1
)";

Values sampleValues()
{
    return {
        {"PORT", "5000"}, {"HOST", "::1"}, {"QUOTED", "two\nlines"}, {"EMPTY", ""}, {"dotted.name-x", "1"}};
}

} // namespace

void TestEnvFile::readsManyLines()
{
    const EnvFile file = parseEnvFile(sample);
    QCOMPARE(file.values, sampleValues()); // the last PORT wins
    QVERIFY(file.ignoredLines.isEmpty());
    QVERIFY(parseEnvFile("").values.isEmpty());
    QVERIFY(parseEnvFile(QByteArrayView()).values.isEmpty());
}

void TestEnvFile::readsTheSameWithCrlf()
{
    const EnvFile file = parseEnvFile(QByteArray(sample).replace("\n", "\r\n"));
    Values expected = sampleValues();
    expected.insert("QUOTED", "two\r\nlines");
    QCOMPARE(file.values, expected);
    QVERIFY(file.ignoredLines.isEmpty());
}

void TestEnvFile::readsTheSameWithAByteOrderMark()
{
    QCOMPARE(parseEnvFile(QByteArray("\xef\xbb\xbf" + sample)).values, sampleValues());
}

void TestEnvFile::reportsIgnoredLines()
{
    const EnvFile file = parseEnvFile("PORT\nA=1\n=x\nB C=2\n export  = 3\nPORT: 4\n#\nD=5\n\"E\"=6");
    QCOMPARE(file.values, (Values{{"A", "1"}, {"export", "3"}, {"D", "5"}}));
    QCOMPARE(file.ignoredLines, (QList<int>{1, 3, 4, 6, 9}));
}

void TestEnvFile::countsTheLinesOfQuotedValues()
{
    const EnvFile file = parseEnvFile("A=\"1\n2\n3\"\nbad\nB='x'\nworse\n");
    QCOMPARE(file.ignoredLines, (QList<int>{4, 6}));
}

void TestEnvFile::anUnclosedQuoteEndsWithItsLine()
{
    const EnvFile file = parseEnvFile("A=\"one\nB=\"two\"\nC='three\nD='four'\n");
    QCOMPARE(file.values, (Values{{"A", "\"one"}, {"B", "two"}, {"C", "'three"}, {"D", "four"}}));
}

void TestEnvFile::keepsEverythingThatIsNotChanged()
{
    const QByteArray content = "# mine\nexport A=1\n\nB='two' # why\nA=3\nnonsense\nC=\"x\ny\"\nD=4";
    QCOMPARE(editEnvFile(content, {}), content);
    QCOMPARE(editEnvFile(content, {{"A", "5"}, {"C", std::nullopt}, {"E", "new"}, {"F", std::nullopt}}),
        "# mine\n\nB='two' # why\nA=5\nnonsense\nD=4\nE=new\n");
    QCOMPARE(editEnvFile("A=1\r\n# c\r\n", {{"A", "2"}, {"B", "3"}}), "A=2\r\n# c\r\nB=3\r\n");
    QCOMPARE(editEnvFile("\xef\xbb\xbf"
                         "A=1\n",
                 {{"A", "2"}}),
        "\xef\xbb\xbf"
        "A=2\n");
    QCOMPARE(editEnvFile({}, {{"A", "2"}}), "A=2\n");
}

void TestEnvFile::readsBackWhatItWrites()
{
    const QList<QByteArray> pieces{"a", " ", "#", " #", "'", "\"", "`", "\\", "\\n", "$", "$A", "\n", "=",
        "\t", "é", "%", "\r\n", "{}", "\\\""};
    for (const QByteArray& first : pieces) {
        for (const QByteArray& second : pieces) {
            for (const QByteArray& value : {first + second, "x" + first + second, second + first + "x"}) {
                const QByteArray content = editEnvFile("B=1\n", {{"A", value}, {"Z", "last"}});
                const EnvFile file = parseEnvFile(content);
                QCOMPARE(file.values, (Values{{"A", value}, {"B", "1"}, {"Z", "last"}}));
                const EnvFile again = parseEnvFile(editEnvFile(content, {{"A", std::nullopt}}));
                QCOMPARE(again.values, (Values{{"B", "1"}, {"Z", "last"}}));
            }
        }
    }
}

void TestEnvFile::readsEveryPrefixOfAFile()
{
    for (qsizetype length = 0; length <= sample.size(); ++length) {
        const EnvFile file = parseEnvFile(QByteArrayView(sample).first(length));
        QVERIFY(file.values.size() + file.ignoredLines.size() <= 6);
    }
}

REGISTER_TEST(TestEnvFile)
#include "tst_envfile.moc"
