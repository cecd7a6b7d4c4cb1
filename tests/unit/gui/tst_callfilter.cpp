// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The filter language: what fits what, what it means in words, and what is wrong with what cannot be
// understood.

#include "gui/model/callfilter.h"
#include "guisamples.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

/// The call that all rows below are about.
CallFacts filteredCall()
{
    CallFacts call = sampleCall(7);
    call.preview = QStringLiteral("The average() test fails");
    call.requestModel = QStringLiteral("claude-opus-latest");
    call.firstTokenUs = 1'500'000;
    call.durationUs = 9'800'000;
    call.inputTokens = 48'200;
    call.cachedTokens = 46'000;
    call.outputTokens = 512;
    call.costUsd = 0.041;
    call.tools = {QStringLiteral("Bash"), QStringLiteral("Edit")};
    call.tags = {QStringLiteral("vision")};
    call.note = QStringLiteral("look \"here\"");
    return call;
}

} // namespace

class TestCallFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fits_data()
    {
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* filter, bool fits) { QTest::newRow(filter) << fits; };
        row("", true);
        row("average", true);
        row("AVERAGE", true);
        row("absent", false);
        row("\"average() test\"", true);
        row("average absent", false);
        row("average OR absent", true);
        row("-absent", true);
        row("!average", false);
        row("-(absent OR average)", false);
        row("(absent OR average) model:opus", true);
        row("absent OR average model:opus", true); // and binds closer
        row("bash", true); // a tool's name
        row("model:opus", true);
        row("model:latest", true); // as asked for
        row("model:=claude-opus-4-6", true);
        row("model:=opus", false);
        row("model:/^claude-(opus|haiku)/", true);
        row("model:/^opus/", false);
        row("model:*", true);
        row("user:*", false);
        row("tool:edit", true);
        row("tool:=Edit", true);
        row("tool:*", true);
        row("note:\"look \\\"here\"", true);
        row("status:200", true);
        row("status:2xx", true);
        row("status:>=400", false);
        row("-status:200", false);
        row("ttft:>1s", true);
        row("ttft:>1500ms", false);
        row("ttft:>=1500ms", true);
        row("ttft:1s..2s", true);
        row("dur:<9.9", true); // seconds unless it says otherwise
        row("in:>48k", true);
        row("tokens:>50k", false);
        row("out:512", true);
        row("out:=512", true);
        row("cached:>=80%", true);
        row("cached%:<50", false);
        row("cost:>0.04", true);
        row("cost:<$0.04", false);
        row("reasoning:*", false);
        row("reasoning:>0", false); // unknown is not 0
        row("-reasoning:>0", true);
        row("state:done", true);
        row("state:error", false);
        row("delivery:accepted", true);
        row("delivery:open", false);
        row("stream:yes", true);
        row("image:true", true);
        row("marked:yes", false);
        row("error:*", false);
        row("path:messages", true);
        row("id:id-7", true);
        row("since:2026-01-01", true);
        row("until:2026-01-01", false);
        row("body:words", false); // nobody has looked them up yet
        row("http://localhost", false); // no field
    }
    void fits()
    {
        QFETCH(const bool, fits);
        const auto filter = CallFilter::parse(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY2(filter, filter ? "" : qPrintable(filter.error().message));
        QCOMPARE(filter->matches(filteredCall()), fits);
        QCOMPARE(filter->isEmpty(), filter->words().isEmpty());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QString>("part");
        const auto row = [](const char* filter, const char* part) {
            QTest::newRow(filter) << QString::fromLatin1(part);
        };
        row("modle:opus", "modle");
        row("status:abc", "429");
        row("ttft:>", "2s");
        row("ttft:2s..1s", "2s");
        row("state:gone", "streaming");
        row("model:", "model");
        row("model:/(/", "regular expression");
        row("\"open", "closing");
        row("model:\"open", "closing");
        row("(a", ")");
        row("a)", "(");
        row("a OR", "OR");
        row("OR a", "OR");
        row("()", "brackets");
        row("since:yesterday", "10:42");
        row("a -OR", "follow");
    }
    void saysWhatIsWrong()
    {
        QFETCH(const QString, part);
        const auto filter = CallFilter::parse(QString::fromUtf8(QTest::currentDataTag()));
        QVERIFY(!filter);
        QVERIFY2(filter.error().message.contains(part), qPrintable(filter.error().message));
    }

    void deepNestingEnds()
    {
        QVERIFY(!CallFilter::parse(QString(100'000, u'(')));
        QVERIFY(!CallFilter::parse(QString(100'000, u'-') + u'a'));
    }

    void translatesItselfIntoWords()
    {
        const auto filter
            = CallFilter::parse(QStringLiteral("model:opus ttft:>1s -(status:200 OR tool:bash)"));
        QVERIFY(filter);
        QCOMPARE(filter->words(),
            QStringLiteral(
                "model contains opus and time to first token over 1s and not (status is 200 or tool "
                "contains bash)"));
    }

    void bodiesAreLookedUpElsewhere()
    {
        const auto filter = CallFilter::parse(QStringLiteral("body:\"rate limit\" OR body:other"));
        QVERIFY(filter);
        QCOMPARE(filter->searches(), (QStringList{QStringLiteral("rate limit"), QStringLiteral("other")}));
        filter->found()->insert(QStringLiteral("other"), {"id-7"});
        QVERIFY(filter->matches(filteredCall()));
    }

    void writesTermsThatItReads_data()
    {
        QTest::addColumn<QString>("value");
        for (const char* value :
            {"claude-opus-4-6", "two words", "with \"quotes\"", "back\\slash", "*", "a:b", "/x/"})
            QTest::newRow(value) << QString::fromLatin1(value);
    }
    void writesTermsThatItReads()
    {
        QFETCH(const QString, value);
        CallFacts call = sampleCall(1);
        call.session = value;
        const auto filter = CallFilter::parse(CallFilter::term(QStringLiteral("session"), value));
        QVERIFY(filter);
        QVERIFY(filter->matches(call));
        QVERIFY(!filter->matches(sampleCall(2)));
    }
};

REGISTER_TEST(TestCallFilter)
#include "tst_callfilter.moc"
