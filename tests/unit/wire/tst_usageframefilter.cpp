// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/usageframefilter.h"

namespace {

/// JSON with ' for ", which moc reads more easily than raw strings.
QByteArray quoted(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

const QByteArray role
    = quoted("data: "
             "{'id':'c1','object':'chat.completion.chunk','created':1,'model':'gpt-5.5','service_tier':'"
             "default','system_fingerprint':'fp','choices':[{'index':0,'delta':{'role':'assistant','content':"
             "''},'finish_reason':null}],'usage':null,'obfuscation':'x'}");
const QByteArray text = quoted("data: "
                               "{'id':'c1','choices':[{'index':0,'delta':{'content':'\\'choices\\':[],\\'"
                               "usage\\':{'},'finish_reason':null}],'usage':null}");
const QByteArray stop
    = quoted("data: {'id':'c1','choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'usage':null}");
const QByteArray usage = quoted("data: "
                                "{'id':'c1','object':'chat.completion.chunk','created':1,'model':'gpt-5.5','"
                                "choices':[],'usage':{'prompt_tokens':9,'completion_tokens':2,'total_tokens':"
                                "11,'prompt_tokens_details':{'cached_tokens':0}},'obfuscation':''}");
const QByteArray done = "data: [DONE]";

QByteArray joined(const QByteArrayList& lines, const QByteArray& end)
{
    QByteArray stream;
    for (const QByteArray& line : lines)
        stream += line + end;
    return stream;
}

} // namespace

class UsageFrameFilterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filtersInEveryChunking_data();
    void filtersInEveryChunking();
    void sharesChunksOfWholeEvents();
    void letsGoOfABeginningAsSoonAsItCannotBeTheFrame();
    void holdsOnlySoMuch();
    void givesBackAnUnfinishedFrame();

private:
    static QByteArray filtered(const QByteArrayList& chunks);
};

QByteArray UsageFrameFilterTest::filtered(const QByteArrayList& chunks)
{
    UsageFrameFilter filter;
    QByteArray out;
    for (const QByteArray& chunk : chunks) {
        for (const QByteArray& piece : filter.filter(chunk))
            out += piece;
    }
    return out + filter.flush();
}

void UsageFrameFilterTest::filtersInEveryChunking_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("expected");

    for (const char* const end : {"\n\n", "\r\n\r\n", "\r\n\n", "\n\r\n"}) {
        const QByteArray name = QByteArray(end).toHex();
        QTest::addRow("recorded %s", name.constData())
            << joined({role, text, stop, usage, done}, end) << joined({role, text, stop, done}, end);
        QTest::addRow("without the frame %s", name.constData())
            << joined({role, text, stop, done}, end) << joined({role, text, stop, done}, end);
    }
    const auto kept
        = [](const char* name, const QByteArray& stream) { QTest::newRow(name) << stream << stream; };
    const auto dropped = [](const char* name, const QByteArray& frame) {
        QTest::newRow(name) << text + "\n\n" + frame + "\n\n" + done + "\n\n"
                            << text + "\n\n" + done + "\n\n";
    };
    dropped("no space, spaces inside", R"(data:{ "choices" : [ ] , "usage" : {"total_tokens":1} } )");
    dropped("usage first", R"(data: {"usage":{"total_tokens":1},"choices":[]})");
    QTest::newRow("comments stay") << ": ping\n\n: a\n" + usage + "\n\n: b\n\n" + done + "\n\n"
                                   << QByteArray(": ping\n\n: a\n: b\n\ndata: [DONE]\n\n");
    QTest::newRow("only the frame") << usage + "\n\n" << QByteArray();
    kept("usage with choices",
        R"(data: {"choices":[{"delta":{}}],"usage":{"total_tokens":1}})"
        "\n\ndata: [DONE]\n\n");
    kept("Azure's first event",
        R"(data: {"choices":[],"prompt_filter_results":[{}],"id":""})"
        "\n\n");
    kept("usage null", "data: {\"choices\":[],\"usage\":null}\n\n");
    kept("usage without choices", "data: {\"usage\":{\"total_tokens\":1}}\n\n");
    kept("error", "data: {\"error\":{\"message\":\"x\"},\"choices\":[],\"usage\":{}}\n\n");
    kept("not JSON", "data: {\"choices\":[],\"usage\":{} x}\n\n");
    kept("two data lines", "data: {\"choices\":[],\ndata: \"usage\":{}}\n\n");
    kept("more lines behind", "data: {\"choices\":[],\"usage\":{}}\nid: 1\n\n");
    kept("other lines before", "event: x\ndata: {\"choices\":[],\"usage\":{}}\n\n");
    kept("CR only", "data: {\"choices\":[],\"usage\":{}}\r\rdata: [DONE]\r\r");
    kept("blank lines", "\n\r\n\n" + text + "\n\n\n\n");
    kept("not an event stream", "<html>\n\n<p>{\"choices\":[],\"usage\":{}}\n\n");
    kept("byte order mark", "\xEF\xBB\xBF" + text + "\n\n");
    kept("cut in the frame", text + "\n\n" + usage.chopped(10));
    kept("cut before the blank line", text + "\n\n" + usage + "\n");
    kept("cut in the first word", "dat");
    kept("nothing", "");
}

void UsageFrameFilterTest::filtersInEveryChunking()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, expected);

    QCOMPARE(filtered({stream}), expected);
    for (qsizetype i = 1; i < stream.size(); ++i)
        QCOMPARE(filtered({stream.first(i), stream.sliced(i)}), expected);
    QByteArrayList bytes;
    for (const char c : stream)
        bytes.append(QByteArray(1, c));
    QCOMPARE(filtered(bytes), expected);
}

void UsageFrameFilterTest::sharesChunksOfWholeEvents()
{
    UsageFrameFilter filter;
    for (const QByteArray& chunk : QByteArrayList{role + "\n\n" + text + "\n\n", stop + "\r\n\r\n"}) {
        const QList<QByteArray> out = filter.filter(chunk);
        QCOMPARE(out.size(), 1);
        QCOMPARE(
            static_cast<const void*>(out.first().constData()), static_cast<const void*>(chunk.constData()));
    }
    QVERIFY(filter.filter(usage + "\n\n").isEmpty());
}

void UsageFrameFilterTest::letsGoOfABeginningAsSoonAsItCannotBeTheFrame()
{
    // Fed byte by byte, an event flows from the byte on that tells it from the frame.
    const auto heldUntil = [](const QByteArray& event) {
        UsageFrameFilter filter;
        for (qsizetype i = 0; i < event.size(); ++i) {
            const QList<QByteArray> out = filter.filter(event.sliced(i, 1));
            if (!out.isEmpty())
                return event.first(i + 1);
        }
        return QByteArray();
    };
    QCOMPARE(heldUntil(text), QByteArray(R"(data: {"id":"c1","choices":[{)"));
    QCOMPARE(heldUntil(done), QByteArray("data: ["));
    QCOMPARE(heldUntil("event: x"), QByteArray("e"));
    QCOMPARE(heldUntil(": ping"), QByteArray(":"));
    QCOMPARE(
        heldUntil(R"(data: {"choices":[],"usage":null})"), QByteArray(R"(data: {"choices":[],"usage":n)"));
    QCOMPARE(heldUntil(R"(data: {"choices":[],"x":1})"), QByteArray(R"(data: {"choices":[],"x":1})"));
    QCOMPARE(heldUntil(R"(data: {"error":{})"), QByteArray(R"(data: {"error":{)"));
    QCOMPARE(heldUntil(usage + "\n"), QByteArray());

    UsageFrameFilter filter;
    const QList<QByteArray> out = filter.filter(text + "\n\n" + usage.first(20));
    QCOMPARE(out, (QList<QByteArray>{text + "\n\n"}));
    QCOMPARE(filter.heldBytes(), 20);
}

void UsageFrameFilterTest::holdsOnlySoMuch()
{
    UsageFrameFilter filter;
    const QByteArray head = R"(data: {"choices":[],"x":")";
    QVERIFY(filter.filter(head).isEmpty());
    const QByteArray more(20'000, 'x');
    QCOMPARE(filter.filter(more), (QList<QByteArray>{head + more}));
    QCOMPARE(filter.filter("y"), (QList<QByteArray>{"y"}));
}

void UsageFrameFilterTest::givesBackAnUnfinishedFrame()
{
    UsageFrameFilter filter;
    QVERIFY(filter.filter(usage).isEmpty());
    QCOMPARE(filter.flush(), usage);
    QCOMPARE(filter.flush(), QByteArray());
}

REGISTER_TEST(UsageFrameFilterTest)
#include "tst_usageframefilter.moc"
