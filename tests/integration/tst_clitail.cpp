// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `tail` against a running proxy.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QProcess>

class TestCliTail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tailShowsCallsAsTheyEnd();
};

void TestCliTail::tailShowsCallsAsTheyEnd()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QProcess tail;
    tail.start(ProxyProcess::binary(), {text("tail"), text("--url"), QString::fromUtf8(site.proxy.url())});
    // What was said before it listened is not for it: so calls are made until it shows one.
    QByteArray shown;
    int calls = 0;
    const auto showsACall = [&] {
        const int status = site.statusOf(chat("t" + QByteArray::number(++calls)));
        shown += tail.readAllStandardOutput();
        return status == 200 && shown.contains("gpt-4o");
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsACall(), 30'000);
    QVERIFY2(shown.startsWith("TIME "), shown.constData());
    QVERIFY(shown.contains("  200  "));
    tail.terminate();
    QVERIFY(tail.waitForFinished());
    QCOMPARE(tail.exitCode(), 0);
    QCOMPARE(tail.readAllStandardError(), "");
}

REGISTER_TEST(TestCliTail)
#include "tst_clitail.moc"
