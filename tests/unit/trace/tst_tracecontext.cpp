// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/tracecontext.h"

class TestTraceContext final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTraceparent_data();
    void readsTraceparent();
    void refusesSeveralTraceparents();
    void readsBaggage_data();
    void readsBaggage();
};

namespace {

const QByteArray trace("4bf92f3577b34da6a3ce929d0e0e4736");
const QByteArray span("00f067aa0ba902b7");

} // namespace

void TestTraceContext::readsTraceparent_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isValid");
    const auto row = [](const char* name, const QByteArray& line, bool isValid) {
        QTest::newRow(name) << line << isValid;
    };
    row("valid", "00-" + trace + '-' + span + "-01", true);
    row("not sampled", "00-" + trace + '-' + span + "-00", true);
    row("white space around", " 00-" + trace + '-' + span + "-01\t", true);
    row("later version with more", "cc-" + trace + '-' + span + "-01-what-else", true);
    row("later version without more", "01-" + trace + '-' + span + "-09", true);
    row("version 00 with more", "00-" + trace + '-' + span + "-01-what", false);
    row("version ff", "ff-" + trace + '-' + span + "-01", false);
    row("upper case", "00-" + trace.toUpper() + '-' + span + "-01", false);
    row("zero trace", "00-" + QByteArray(32, '0') + '-' + span + "-01", false);
    row("zero span", "00-" + trace + '-' + QByteArray(16, '0') + "-01", false);
    row("short trace", "00-" + trace.left(31) + '-' + span + "-01", false);
    row("no flags", "00-" + trace + '-' + span, false);
    row("bad flags", "00-" + trace + '-' + span + "-0x", false);
    row("bad version", "0-" + trace + '-' + span + "-01", false);
    row("empty", "", false);
    row("garbage", "hello", false);
}

void TestTraceContext::readsTraceparent()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isValid);
    const auto parent = TraceContext::parentOf({{"TraceParent", line}});
    QCOMPARE(parent.has_value(), isValid);
    if (parent)
        QCOMPARE(*parent, (TraceContext::Parent{trace, span}));
}

void TestTraceContext::refusesSeveralTraceparents()
{
    const QByteArray line = "00-" + trace + '-' + span + "-01";
    QVERIFY(!TraceContext::parentOf({{"traceparent", line}, {"traceparent", line}}));
    QVERIFY(!TraceContext::parentOf({}));
}

void TestTraceContext::readsBaggage_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QList<QByteArray>>("keys");
    QTest::addColumn<QList<QByteArray>>("values");
    const auto row
        = [](const char* name, const HeaderList& headers, const QList<QByteArray>& keys,
              const QList<QByteArray>& values) { QTest::newRow(name) << headers << keys << values; };
    row("one", {{"baggage", "a=1"}}, {"a"}, {"1"});
    row("several, spaces", {{"baggage", "a=1 , b = 2"}}, {"a", "b"}, {"1", "2"});
    row("several lines", {{"baggage", "a=1"}, {"Baggage", "b=2"}}, {"a", "b"}, {"1", "2"});
    row("properties", {{"baggage", "a=1;x=y;z, b=2"}}, {"a", "b"}, {"1", "2"});
    row("percent", {{"baggage", "a=x%2Cy%20%C3%A9%3D"}}, {"a"}, {"x,y \xc3\xa9="});
    row("equals in the value", {{"baggage", "a=b=c"}}, {"a"}, {"b=c"});
    row("empty value", {{"baggage", "a="}}, {"a"}, {""});
    row("malformed members", {{"baggage", ",,=1,b,c d=1,;,e=5"}}, {"e"}, {"5"});
    row("none", {}, {}, {});
}

void TestTraceContext::readsBaggage()
{
    QFETCH(HeaderList, headers);
    QFETCH(QList<QByteArray>, keys);
    QFETCH(QList<QByteArray>, values);
    const QList<TraceContext::BaggageMember> members = TraceContext::baggageOf(headers);
    QList<QByteArray> foundKeys;
    QList<QByteArray> foundValues;
    for (const TraceContext::BaggageMember& member : members) {
        foundKeys.append(member.key);
        foundValues.append(member.value);
    }
    QCOMPARE(foundKeys, keys);
    QCOMPARE(foundValues, values);
}

REGISTER_TEST(TestTraceContext)
#include "tst_tracecontext.moc"
