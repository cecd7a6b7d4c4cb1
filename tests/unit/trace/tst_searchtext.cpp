// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a call can be found by.

#include "support/testprogram.h"
#include "trace/contentomission.h"
#include "trace/searchtext.h"

#include <QTest>

namespace {

Part searchPart(
    Part::Kind kind, const QByteArray& text, const QByteArray& name = {}, const QByteArray& json = {})
{
    Part part;
    part.kind = kind;
    part.text = text;
    part.name = name;
    part.json = json;
    return part;
}

Message saying(const QByteArray& role, const QByteArray& text)
{
    return {role, {}, {searchPart(Part::Kind::Text, text)}, {}};
}

} // namespace

class TestSearchText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indexesWhatATurnAdds()
    {
        TraceRecord record;
        record.input.messages = {saying("system", "rules"), saying("user", "first"),
            saying("assistant", "answer"), saying("tool", "result"), saying("user", "second")};
        record.output.messages = {saying("assistant", "reply"), saying("assistant", "other")};
        record.requestText = "raw request";
        QCOMPARE(searchTextOf(record).input, "second\nresult");
        QCOMPARE(searchTextOf(record).output, "reply\nother");
        record.input.messages
            = {saying("system", "rules"), saying("developer", "more"), saying("user", "first")};
        QCOMPARE(searchTextOf(record).input, "first");
        record.input.messages = {saying("user", "first"), saying("assistant", "begin with")};
        QCOMPARE(searchTextOf(record).input, "begin with\nfirst");
    }

    void takesPartsByTheirText()
    {
        TraceRecord record;
        record.input.messages = {{"user", {},
            {searchPart(Part::Kind::Image, "data:image/png;base64,AAAA", "a title"),
                searchPart(Part::Kind::ToolResult, {}, "weather", R"({"t":"caf\u00e9\nsunny"})"),
                searchPart(Part::Kind::RedactedThinking, "opaque")},
            {}}};
        record.output.messages = {{"assistant", {},
            {searchPart(Part::Kind::Thinking, "hm"), searchPart(Part::Kind::Refusal, "no"),
                searchPart(Part::Kind::ToolCall, {}, "lookup", R"({"q":"x"})")},
            {}}};
        QCOMPARE(searchTextOf(record).input, "a title\nweather\n{\"t\":\"caf\xc3\xa9\nsunny\"}");
        QCOMPARE(searchTextOf(record).output, "hm\nno\nlookup\n{\"q\":\"x\"}");
    }

    void takesTheTextOfWhatNoDialectRead()
    {
        TraceRecord record;
        record.requestText = "raw request";
        record.responseText = "raw answer";
        record.errorMessage = "it broke";
        QCOMPARE(searchTextOf(record), (SearchText{"raw request", "raw answer\nit broke"}));
    }

    void isBounded()
    {
        TraceRecord record;
        for (int i = 0; i < 3; ++i)
            record.input.messages.append(saying("user", QByteArray(5000, char('a' + i)) + "\xc3\xa9"));
        const SearchText text = searchTextOf(record);
        QVERIFY(text.input.size() <= SearchText::maxBytes);
        QVERIFY(text.input.size() > SearchText::maxBytes - 8);
        QVERIFY(text.input.startsWith("ccc")); // the newest first
    }

    void holdsNothingWithoutContent()
    {
        TraceRecord record;
        record.input.messages = {saying("user", "secret")};
        record.output.messages = {{"assistant", {}, {searchPart(Part::Kind::ToolCall, {}, "f", "{}")}, {}}};
        omitContent(&record);
        QVERIFY(searchTextOf(record).isEmpty());
    }
};

REGISTER_TEST(TestSearchText)
#include "tst_searchtext.moc"
