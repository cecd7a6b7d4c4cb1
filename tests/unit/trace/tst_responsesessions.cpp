// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/responsesessions.h"

class TestResponseSessions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joinsTheSessionOfTheAnswer();
    void beginsASessionWithAnUnknownAnswer();
    void forgetsTheOldest();
    void keepsNoOversizedIds();
};

void TestResponseSessions::joinsTheSessionOfTheAnswer()
{
    ResponseSessions sessions;
    sessions.remember("resp_1", "s");
    QCOMPARE(sessions.continuing("resp_1"), QByteArray("s"));
    sessions.remember("resp_1", "t");
    QCOMPARE(sessions.continuing("resp_1"), QByteArray("t"));
}

void TestResponseSessions::beginsASessionWithAnUnknownAnswer()
{
    ResponseSessions sessions;
    QCOMPARE(sessions.continuing("resp_1"), QByteArray("resp_1"));
    sessions.remember("resp_2", "resp_1");
    sessions.remember("resp_3", sessions.continuing("resp_2"));
    QCOMPARE(sessions.continuing("resp_3"), QByteArray("resp_1"));
    sessions.remember({}, "s");
    sessions.remember("resp_4", {});
    QCOMPARE(sessions.continuing({}), QByteArray());
    QCOMPARE(sessions.continuing("resp_4"), QByteArray("resp_4"));
}

void TestResponseSessions::forgetsTheOldest()
{
    ResponseSessions sessions(3);
    for (int i = 0; i < 8; ++i)
        sessions.remember(QByteArray::number(i), "s");
    QByteArrayList known;
    for (int i = 0; i < 8; ++i) {
        if (sessions.continuing(QByteArray::number(i)) == "s")
            known.append(QByteArray::number(i));
    }
    QCOMPARE(known, (QByteArrayList{"5", "6", "7"}));
    ResponseSessions none(0);
    none.remember("1", "s");
    QCOMPARE(none.continuing("1"), QByteArray("1"));
}

void TestResponseSessions::keepsNoOversizedIds()
{
    ResponseSessions sessions;
    const QByteArray id(257, 'x');
    sessions.remember(id, "s");
    QCOMPARE(sessions.continuing(id), id);
}

REGISTER_TEST(TestResponseSessions)
#include "tst_responsesessions.moc"
