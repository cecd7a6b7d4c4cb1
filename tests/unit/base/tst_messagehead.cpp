// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/messagehead.h"
#include "support/testprogram.h"

using namespace Qt::StringLiterals;

class TestMessageHead final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsTheTarget_data();
    void splitsTheTarget();
};

void TestMessageHead::splitsTheTarget_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("no query") << "/v1/models"_ba
                              << "/v1/models"_ba
                              << ""_ba;
    QTest::newRow("query") << "/v1/messages?beta=true"_ba
                           << "/v1/messages"_ba
                           << "beta=true"_ba;
    QTest::newRow("empty query") << "/v1/messages?"_ba
                                 << "/v1/messages"_ba
                                 << ""_ba;
    QTest::newRow("two marks") << "/a?b=c?d"_ba
                               << "/a"_ba
                               << "b=c?d"_ba;
    QTest::newRow("encoded mark") << "/a%3Fb?c"_ba
                                  << "/a%3Fb"_ba
                                  << "c"_ba;
    QTest::newRow("colon and query") << "/v1beta/models/m:streamGenerateContent?alt=sse"_ba
                                     << "/v1beta/models/m:streamGenerateContent"_ba
                                     << "alt=sse"_ba;
    QTest::newRow("asterisk") << "*"_ba
                              << "*"_ba
                              << ""_ba;
    QTest::newRow("query only") << "?a"_ba
                                << ""_ba
                                << "a"_ba;
    QTest::newRow("empty") << ""_ba
                           << ""_ba
                           << ""_ba;
}

void TestMessageHead::splitsTheTarget()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, query);
    RequestHead head;
    head.target = target;
    QCOMPARE(head.path(), path);
    QCOMPARE(head.query(), query);
}

REGISTER_TEST(TestMessageHead)
#include "tst_messagehead.moc"
