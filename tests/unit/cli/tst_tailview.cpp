// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// TailView and FollowView: events in, what a terminal gets out.

#include "cli/followview.h"
#include "cli/tailview.h"
#include "support/testprogram.h"

class TestTailView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesALineForEachEndWithoutATerminal();
    void writesJson();
    void drawsOpenCallsAnew();
    void waitsForTheDelivery();
    void boundsItsBlock();
    void fitsASmallTerminal();
    void followsTheTerminalsSize();
    void showsOnlyWhatFitsTheFilter();
    void waitsForTheDeliveryThatIsAskedFor();
    void forgetsLostCalls();
    void followsText();
    void saysWhenTextIsHidden();
};

namespace {

QByteArray callEvent(const QByteArray& id, const QByteArray& state, const QByteArray& delivery = "pending")
{
    return "{\"state\":\"" + state + "\",\"call\":{\"id\":\"" + id
        + R"(","startedAt":"2026-11-24T10:00:00.000Z","provider":"openai","model":"gpt-5","status":200,)"
          R"("outcome":"completed","durationMs":1500,"delivery":{"state":")"
        + delivery + "\"}}}";
}

constexpr qint64 startedMs = 1795514400000; // 2026-11-24T10:00:00Z

} // namespace

void TestTailView::writesALineForEachEndWithoutATerminal()
{
    TailView view({});
    QVERIFY(view.begin().startsWith("TIME "));
    QCOMPARE(view.take("hello", "{\"openCalls\":[" + callEvent("a", "open") + "]}"), "");
    QCOMPARE(view.take("call.started", callEvent("b", "open")), "");
    const QByteArray line = view.take("call.ended", callEvent("b", "stored"));
    QVERIFY2(
        line.contains("gpt-5") && line.contains("1.50s") && line.endsWith("pending\n"), line.constData());
    QCOMPARE(view.redraw(startedMs), "");
}

void TestTailView::writesJson()
{
    TailView view({.asJson = true});
    QCOMPARE(view.begin(), "");
    const QByteArray line = view.take("call.ended", callEvent("a", "stored"));
    QVERIFY(line.startsWith('{') && line.endsWith("}\n") && line.count('\n') == 1);
}

void TestTailView::drawsOpenCallsAnew()
{
    TailView view({.columns = 120});
    (void)view.take("call.started", callEvent("a", "open"));
    const QByteArray first = view.redraw(startedMs + 2000);
    QVERIFY2(first.contains("open") && first.contains("2.0s"), first.constData());
    (void)view.take("call.progress", R"({"id":"a","responseBytes":9,"tokens":{"input":7,"output":3}})");
    const QByteArray second = view.redraw(startedMs + 3000);
    QVERIFY2(second.startsWith("\x1b[1A\r\x1b[J"), second.constData()); // over the line that was there
    QVERIFY(second.contains("3.0s") && second.contains("      7 "));
}

void TestTailView::waitsForTheDelivery()
{
    TailView view({.columns = 120});
    (void)view.take("call.ended", callEvent("a", "stored"));
    QVERIFY(view.redraw(startedMs).contains("pending"));
    (void)view.take("delivery", R"({"traces":[{"id":"a","state":"pending","attempts":1}]})");
    QVERIFY(view.redraw(startedMs).contains("pending"));
    (void)view.take(
        "delivery", R"({"traces":[{"id":"a","state":"delivered"},{"id":"other","state":"delivered"}]})");
    QVERIFY(view.redraw(startedMs).contains("delivered"));
    QCOMPARE(view.redraw(startedMs), ""); // above the block, for good
    (void)view.take("call.ended", callEvent("b", "stored", "disabled")); // none is to come
    QVERIFY(view.redraw(startedMs).contains("disabled"));
    QCOMPARE(view.redraw(startedMs), "");
    (void)view.take("call.ended", callEvent("c", "stored"));
    (void)view.redraw(startedMs);
    QVERIFY(view.end().contains("pending\n"));
}

void TestTailView::boundsItsBlock()
{
    TailView view({.columns = 120});
    for (int i = 0; i < 100; ++i)
        (void)view.take("call.started", callEvent("open" + QByteArray::number(i), "open"));
    QVERIFY(view.redraw(startedMs).count('\n') <= 17);
    for (int i = 0; i < 100; ++i)
        (void)view.take("call.ended", callEvent("over" + QByteArray::number(i), "stored"));
    QVERIFY(view.redraw(startedMs).count('\n') >= 92); // their lines no longer wait
}

void TestTailView::fitsASmallTerminal()
{
    TailView view({.columns = 40, .rows = 5});
    for (int i = 0; i < 9; ++i)
        (void)view.take("call.started", callEvent("open" + QByteArray::number(i), "open"));
    const QByteArray block = view.redraw(startedMs);
    QCOMPARE(block.count('\n'), 4);
    QVERIFY2(block.endsWith("... and 6 more\n"), block.constData());
}

void TestTailView::followsTheTerminalsSize()
{
    TailView view({.columns = 120});
    QCOMPARE(view.resize(120, 50), "");
    (void)view.take("call.started", callEvent("a", "open"));
    const QByteArray wide = view.redraw(startedMs);
    const qsizetype columns = wide.size() - 1;
    QVERIFY(columns > 50 && columns <= 120);
    // The line took a row, and takes two or three once the terminal has broken it.
    const QByteArray narrow = view.resize(50, 24);
    const qsizetype rows = (columns + 49) / 50;
    QVERIFY2(narrow.startsWith("\x1b[" + QByteArray::number(rows) + "A\r\x1b[J"), narrow.constData());
    QVERIFY(narrow.endsWith('\n') && narrow.contains("MODEL"));
    const QByteArray drawn = view.redraw(startedMs);
    QVERIFY2(drawn.size() <= 51 && !drawn.contains('\x1b'), drawn.constData());
}

void TestTailView::showsOnlyWhatFitsTheFilter()
{
    TailView view({.columns = 120, .filter = TailFilter({{"status", "2xx"}, {"minDurationMs", "1000"}})});
    (void)view.take("call.started", callEvent("a", "open"));
    QCOMPARE(view.redraw(startedMs + 5000), ""); // its status is not known
    (void)view.take("call.ended", callEvent("a", "stored", "disabled"));
    QVERIFY(view.redraw(startedMs).contains("1.50s"));
    QByteArray failed = callEvent("b", "stored", "disabled");
    (void)view.take("call.ended", failed.replace("\"status\":200", "\"status\":500"));
    QCOMPARE(view.redraw(startedMs), "");
    QCOMPARE(view.end(), "");

    TailView slow({.columns = 120, .filter = TailFilter({{"minDurationMs", "1000"}})});
    (void)slow.take("call.started", callEvent("a", "open"));
    QCOMPARE(slow.redraw(startedMs + 999), "");
    QVERIFY(slow.redraw(startedMs + 1000).contains("1.0s"));
}

void TestTailView::waitsForTheDeliveryThatIsAskedFor()
{
    TailView view({.asJson = true, .filter = TailFilter({{"delivery", "rejected"}})});
    QCOMPARE(view.take("call.ended", callEvent("a", "stored")), "");
    QCOMPARE(view.take("call.ended", callEvent("b", "stored")), "");
    QCOMPARE(view.take("delivery", R"({"traces":[{"id":"a","state":"delivered"}]})"), "");
    const QByteArray line
        = view.take("delivery", R"({"traces":[{"id":"b","state":"rejected","attempts":1,"reason":"bad"}]})");
    QVERIFY2(
        line.contains(R"("delivery":{"attempts":1,"reason":"bad","state":"rejected"})"), line.constData());
    for (int i = 0; i < 1500; ++i) // none of them is told about: what waits is bounded
        (void)view.take("call.ended", callEvent("c" + QByteArray::number(i), "stored"));
    QCOMPARE(view.take("delivery", R"({"traces":[{"id":"c499","state":"rejected"}]})"), "");
    QVERIFY(!view.take("delivery", R"({"traces":[{"id":"c500","state":"rejected"}]})").isEmpty());
}

void TestTailView::forgetsLostCalls()
{
    TailView view({.columns = 120});
    (void)view.take("call.started", callEvent("a", "open"));
    (void)view.take("call.lost", R"({"id":"a"})");
    QCOMPARE(view.redraw(startedMs), "");
}

void TestTailView::followsText()
{
    FollowView view(false);
    const QByteArrayList events{
        R"({"textShown":true,"texts":[{"message":0,"part":0,"kind":"thinking","offset":0,"text":"hm\u001b[2J"}]})",
        R"({"textShown":true,"texts":[{"message":0,"part":0,"kind":"thinking","offset":3,"text":"!"},)"
        R"({"message":0,"part":1,"kind":"text","offset":0,"text":"Grü"}]})",
        R"({"textShown":true,"texts":[{"message":0,"part":1,"kind":"text","offset":4,"text":"ezi"},)"
        R"({"message":0,"part":2,"kind":"tool_call","name":"w","offset":0,"text":"{}"}]})"};
    QByteArray out;
    for (const QByteArray& event : events)
        out += view.take("call.progress", event);
    QCOMPARE(out, "(thinking) hm\xef\xbf\xbd[2J!\nGrüezi\n-> w {}");
    QVERIFY(!view.isOver());
    QVERIFY(view.take("call.ended", callEvent("a", "stored")).contains("gpt-5, 200, 1.50s"));
    QVERIFY(view.isOver());
}

void TestTailView::saysWhenTextIsHidden()
{
    FollowView view(false);
    QVERIFY(view.take("call.progress", R"({"textShown":false,"texts":[]})").contains("REDACT"));
    QCOMPARE(view.take("call.progress", R"({"textShown":false,"texts":[]})"), "");
}

REGISTER_TEST(TestTailView)
#include "tst_tailview.moc"
