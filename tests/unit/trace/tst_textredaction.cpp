// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/textredaction.h"

#include "wire/jsonparser.h"

using namespace std::chrono_literals;

class TestTextRedaction final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void redactsJson_data();
    void redactsJson();
    void keepsJsonValidWhereverItIsCut();
    void redactsText_data();
    void redactsText();
    void redactsUrlEncoded_data();
    void redactsUrlEncoded();
    void redactsPaths_data();
    void redactsPaths();
    void withholdsWhatHasNoReadablePaths();
    void redactsPatterns_data();
    void redactsPatterns();
    void findsLongMatchesOfPatterns();
    void givesUpOnCatastrophicPatterns_data();
    void givesUpOnCatastrophicPatterns();
    void givesUpWhenTheTimeIsOver();
    void leavesEncodedDataAlone();
    void refusesBadRules_data();
    void refusesBadRules();
    void dropsTheCutEnd();
};

namespace {

RedactionRules rulesOf(const QByteArray& patterns, const QByteArray& paths = {})
{
    auto rules = makeRedactionRules({}, patterns, paths);
    return rules ? *rules : RedactionRules();
}

RedactionRules everyDetector()
{
    return *makeRedactionRules({"email", "phone", "card", "ip", "national-id", "api-key"}, {}, {});
}

bool isValid(const QByteArray& json)
{
    JsonParser parser;
    return parser.parse(json).exists();
}

} // namespace

void TestTextRedaction::redactsJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* name, const char* json, const char* expected) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(expected);
    };
    add("nothing in it", R"({"a" : 1.0,"seed":12345678901234567890})",
        R"({"a" : 1.0,"seed":12345678901234567890})");
    add("a string", R"({ "a":"mail jo@example.com" , "b":[1.0,"x"]})",
        R"({ "a":"mail [EMAIL]" , "b":[1.0,"x"]})");
    add("escapes", R"({"a":"jo\u0040example.com","b":"caf\u00e9"})", R"({"a":"[EMAIL]","b":"caf\u00e9"})");
    add("escapes around", R"({"a":"\"\n4111111111111111\n\"\t"})", R"({"a":"\"\u000a[CARD]\u000a\"\u0009"})");
    add("a key", R"({"jo@example.com":1})", R"({"[EMAIL]":1})");
    add("a number that is a card", R"({"card":4111111111111111,"n":-4111111111111111})",
        R"({"card":"[CARD]","n":"[CARD]"})");
    add("numbers that are none", R"([4111111111111112,1732350751801,4.111111111111111,1e4111111111111111])",
        R"([4111111111111112,1732350751801,4.111111111111111,1e4111111111111111])");
    add("JSON in a string",
        R"({"arguments":"{\"mail\":\"jo\\u0040example.com\",\"card\":4111111111111111}"})",
        R"({"arguments":"{\"mail\":\"[EMAIL]\",\"card\":\"[CARD]\"}"})");
    add("no JSON", R"({bad "x" jo@example.com)", R"({bad "x" [EMAIL])");
    add("text behind it", R"({"a":"b"} by jo@example.com)", R"({"a":"b"} by [EMAIL])");
}

void TestTextRedaction::redactsJson()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, expected);
    const RedactionRules rules = everyDetector();
    QByteArray text = json;
    QCOMPARE(TextRedaction(rules).redactJson(&text), json != expected);
    QCOMPARE(text, expected);
    text = json;
    (void)TextRedaction(rules).redactText(&text);
    QCOMPARE(text, expected);
}

void TestTextRedaction::keepsJsonValidWhereverItIsCut()
{
    const RedactionRules rules = everyDetector();
    const QByteArray json
        = R"({"a":"x \"jo@example.com\" \ud83d\ude00","b":[4111111111111111,-1.5e3,"{\"c\":\"+1 415 555 0123\"}"]})";
    QByteArray whole = json;
    QVERIFY(TextRedaction(rules).redactJson(&whole));
    QVERIFY2(isValid(whole), whole.constData());
    for (qsizetype end = 0; end < json.size(); ++end) {
        QByteArray cut = json.first(end);
        (void)TextRedaction(rules).redactJson(&cut);
        if (end > json.indexOf(".com") + 5)
            QVERIFY2(!cut.contains("example.com"), cut.constData());
    }
}

void TestTextRedaction::redactsText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("text") << QByteArray("I am jo@example.com.") << QByteArray("I am [EMAIL].");
    QTest::newRow("brackets") << QByteArray("[1] jo@example.com") << QByteArray("[1] [EMAIL]");
    QTest::newRow("a template") << QByteArray("{{name}} jo@example.com") << QByteArray("{{name}} [EMAIL]");
    QTest::newRow("binary") << QByteArray("\xff\xfe jo@example.com \x80")
                            << QByteArray("\xff\xfe [EMAIL] \x80");
    QTest::newRow("empty") << QByteArray() << QByteArray();
}

void TestTextRedaction::redactsText()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const RedactionRules rules = everyDetector();
    (void)TextRedaction(rules).redactText(&text);
    QCOMPARE(text, expected);
}

void TestTextRedaction::redactsUrlEncoded_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("query") << QByteArray("/v1/x?user=jo%40example.com&n=1")
                           << QByteArray("/v1/x?user=[EMAIL]&n=1");
    QTest::newRow("path") << QByteArray("/v1/users/jo@example.com/x%20y")
                          << QByteArray("/v1/users/[EMAIL]/x%20y");
    QTest::newRow("phone") << QByteArray("a=%2B14155550123&b=+") << QByteArray("a=[PHONE]&b=+");
    QTest::newRow("nothing") << QByteArray("/v1beta/models/m:g?alt=sse#x;y=%zz")
                             << QByteArray("/v1beta/models/m:g?alt=sse#x;y=%zz");
}

void TestTextRedaction::redactsUrlEncoded()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const RedactionRules rules = everyDetector();
    (void)TextRedaction(rules).redactUrlEncoded(&text);
    QCOMPARE(text, expected);
}

void TestTextRedaction::redactsPaths_data()
{
    QTest::addColumn<QByteArray>("paths");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* paths, const char* expected) {
        QTest::newRow(paths) << QByteArray(paths) << QByteArray(expected);
    };
    // Of {"a":{"b":[1,{"c":"x"}],"p q":null},"c": true,"s":"{\"c\":2}"}
    add("z $.z.y", R"({"a":{"b":[1,{"c":"x"}],"p q":null},"c": true,"s":"{\"c\":2}"})");
    add("a", R"({"a":"[REDACTED]","c": true,"s":"{\"c\":2}"})");
    add("$.a.b[1].c", R"({"a":{"b":[1,{"c":"[REDACTED]"}],"p q":null},"c": true,"s":"{\"c\":2}"})");
    add("a.b[*]", R"({"a":{"b":["[REDACTED]","[REDACTED]"],"p q":null},"c": true,"s":"{\"c\":2}"})");
    add("a.b[0],$['a'][\"p q\"]",
        R"({"a":{"b":["[REDACTED]",{"c":"x"}],"p q":"[REDACTED]"},"c": true,"s":"{\"c\":2}"})");
    add("a.*", R"({"a":{"b":"[REDACTED]","p q":"[REDACTED]"},"c": true,"s":"{\"c\":2}"})");
    add("..c",
        R"({"a":{"b":[1,{"c":"[REDACTED]"}],"p q":null},"c": "[REDACTED]","s":"{\"c\":\"[REDACTED]\"}"})");
    add("a..c", R"({"a":{"b":[1,{"c":"[REDACTED]"}],"p q":null},"c": true,"s":"{\"c\":2}"})");
    add("a[0] a.b.c", R"({"a":{"b":[1,{"c":"x"}],"p q":null},"c": true,"s":"{\"c\":2}"})");
}

void TestTextRedaction::redactsPaths()
{
    QFETCH(QByteArray, paths);
    QFETCH(QByteArray, expected);
    const RedactionRules rules = rulesOf({}, paths);
    QVERIFY(!rules.paths.isEmpty());
    QByteArray json = R"({"a":{"b":[1,{"c":"x"}],"p q":null},"c": true,"s":"{\"c\":2}"})";
    (void)TextRedaction(rules).redactJson(&json);
    QCOMPARE(json, expected);
    QVERIFY(isValid(json));
}

void TestTextRedaction::withholdsWhatHasNoReadablePaths()
{
    const RedactionRules rules = rulesOf({}, "..password");
    TextRedaction redaction(rules);
    QByteArray cut = R"({"password":"hunter2","x)";
    QVERIFY(redaction.redactJson(&cut));
    QVERIFY2(!cut.contains("hunter2") && isValid('[' + cut + ']'), cut.constData());
    QCOMPARE(redaction.withheldTexts(), 1);
    QByteArray whole = R"({"password":"hunter2","x":1})";
    QVERIFY(redaction.redactJson(&whole));
    QCOMPARE(redaction.withheldTexts(), 1);
    QCOMPARE(redaction.removedByPaths(), QList<QByteArray>{"hunter2"});
}

void TestTextRedaction::redactsPatterns_data()
{
    QTest::addColumn<QByteArray>("patterns");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char* patterns, const char* text, const char* expected) {
        QTest::newRow(patterns) << QByteArray(patterns) << QByteArray(text) << QByteArray(expected);
    };
    add(R"(EMP-\d{6})", "for EMP-123456, EMP-12345", "for [REDACTED], EMP-12345");
    add(R"((?i)secret\s\w+  ^A)", "A Secret word", "[REDACTED] [REDACTED]");
    add(R"((?<=id=)\d+)", "id=12 no=13", "id=[REDACTED] no=13");
    add(R"(\p{Lu}\p{Ll}+)",
        "ein \xc3\x9c"
        "bel \xf0\x9f\x98\x80",
        "ein [REDACTED] \xf0\x9f\x98\x80");
    add(R"(b\b|\bc)", R"({"k":"a b","c":["d\u0020b"]})",
        R"({"k":"a [REDACTED]","[REDACTED]":["d [REDACTED]"]})");
}

void TestTextRedaction::redactsPatterns()
{
    QFETCH(QByteArray, patterns);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const RedactionRules rules = rulesOf(patterns);
    QVERIFY(!rules.patterns.isEmpty());
    QVERIFY(TextRedaction(rules).redactText(&text));
    QCOMPARE(text, expected);
}

/// Wherever it stands against the windows in which the text is searched.
void TestTextRedaction::findsLongMatchesOfPatterns()
{
    RedactionRules rules = rulesOf(R"(BEGIN[\s\S]+?END \d+\b (?<=x)y$)");
    rules.budget = 1h;
    for (const qsizetype before : {0, 1, 2040, 2045, 2047, 2048, 2049, 4000, 9000}) {
        for (const qsizetype inside : {1, 2000, 2044, 2048, 5000}) {
            const QByteArray front(before, '-');
            QByteArray text
                = front + "BEGIN" + QByteArray(inside, '.') + "END " + QByteArray(inside, '7') + " xy";
            QVERIFY(TextRedaction(rules).redactText(&text));
            QCOMPARE(text, front + "[REDACTED] [REDACTED] x[REDACTED]");
        }
    }
}

void TestTextRedaction::givesUpOnCatastrophicPatterns_data()
{
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nested repeats") << QByteArray(R"((a+)+$)") << QByteArray(200'000, 'a') + '!';
    QTest::newRow("alternatives") << QByteArray(R"((a|a)*b)") << QByteArray(200'000, 'a') + "\nb";
    QTest::newRow("words") << QByteArray(R"(^(\w+\s?)+$)") << QByteArray("word ").repeated(50'000) + '!';
    QTest::newRow("far away") << QByteArray(R"(a[\s\S]*xy)") << QByteArray(1'000'000, 'a') + " y";
}

void TestTextRedaction::givesUpOnCatastrophicPatterns()
{
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArray, text);
    const RedactionRules rules = rulesOf(pattern);
    TextRedaction redaction(rules);
    QVERIFY(redaction.redactText(&text));
    QCOMPARE(text, "[REDACTED: could not be searched]");
    QCOMPARE(redaction.withheldTexts(), 1);
}

void TestTextRedaction::givesUpWhenTheTimeIsOver()
{
    RedactionRules rules = rulesOf("x");
    rules.budget = 0ms;
    TextRedaction redaction(rules);
    QByteArray json = R"({"a":"b","n":1})";
    QVERIFY(redaction.redactJson(&json));
    QVERIFY(isValid(json));
    QVERIFY2(!json.contains("\"b\""), json.constData());
    QCOMPARE(redaction.withheldTexts(), 3);
}

void TestTextRedaction::leavesEncodedDataAlone()
{
    const RedactionRules rules = everyDetector();
    const QByteArray base64 = QByteArray("+4111111111111111/0123456789").repeated(40);
    for (const QByteArray& image : {base64, "data:image/png;base64," + base64}) {
        QByteArray text = image;
        QVERIFY(!TextRedaction(rules).redactText(&text));
        QByteArray json = R"({"url":")" + image + R"(","a":"jo@example.com"})";
        QVERIFY(TextRedaction(rules).redactJson(&json));
        QVERIFY(json.contains(image) && json.contains("[EMAIL]"));
    }
}

void TestTextRedaction::refusesBadRules_data()
{
    QTest::addColumn<QByteArray>("detector");
    QTest::addColumn<QByteArray>("patterns");
    QTest::addColumn<QByteArray>("paths");
    QTest::addColumn<QString>("message");
    const auto add = [](const char* detector, const char* patterns, const char* paths, const char* message) {
        QTest::newRow(message) << QByteArray(detector) << QByteArray(patterns) << QByteArray(paths)
                               << QString::fromLatin1(message);
    };
    add("mail", "", "", "REDACT: \"mail\" is not a detector");
    add("", "ok (bad", "",
        "REDACT_PATTERNS: \"(bad\" is not a regular expression: missing closing parenthesis at character 5");
    add("", "a*", "", "REDACT_PATTERNS: \"a*\" matches the empty text");
    add("", "", "a.b, a..", "REDACT_JSON_PATHS: \"a..\" is not a path: a name is missing at character 4");
    add("", "", "$", "REDACT_JSON_PATHS: \"$\" is not a path: it names no member at character 2");
    add("", "", "a[x]",
        "REDACT_JSON_PATHS: \"a[x]\" is not a path: only a number, a quoted name or * can stand in brackets "
        "at character 3");
    add("", "", "a['x", "REDACT_JSON_PATHS: \"a['x\" is not a path: a quote is not closed at character 5");
    add("", "", "a[0", "REDACT_JSON_PATHS: \"a[0\" is not a path: a ']' is missing at character 4");
}

void TestTextRedaction::refusesBadRules()
{
    QFETCH(QByteArray, detector);
    QFETCH(QByteArray, patterns);
    QFETCH(QByteArray, paths);
    QFETCH(QString, message);
    const auto rules = makeRedactionRules(
        detector.isEmpty() ? QList<QByteArray>() : QList<QByteArray>{"email", detector}, patterns, paths);
    QVERIFY(!rules);
    QCOMPARE(rules.error().message, message);
    QVERIFY(rules.error().code == ErrorCode::InvalidConfig);
    QVERIFY(message.startsWith(rules.error().subject + QLatin1Char(':')));
}

void TestTextRedaction::dropsTheCutEnd()
{
    QByteArray text = QByteArray(100, 'x') + "jo@exampl";
    TextRedaction::dropCutEnd(&text);
    QCOMPARE(text, QByteArray(45, 'x'));
    text = "short";
    TextRedaction::dropCutEnd(&text);
    QCOMPARE(text, "");
}

REGISTER_TEST(TestTextRedaction)
#include "tst_textredaction.moc"
