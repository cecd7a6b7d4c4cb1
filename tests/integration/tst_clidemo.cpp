// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// `demo`: calls of every kind, without a key or a network.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QJsonArray>
#include <QSet>

class TestCliDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void demoShowsEveryKindOfCall();
};

void TestCliDemo::demoShowsEveryKindOfCall()
{
    const CliResult ended = runCli({text("demo"), text("--once"), text("--port"), text("0"), text("--json")});
    QCOMPARE(ended.status, 0);
    const QByteArray document = ended.out.sliced(std::max<qsizetype>(0, ended.out.indexOf('{')));
    const QJsonArray calls
        = QJsonDocument::fromJson(document).object().value(QLatin1String("traces")).toArray();
    QSet<QString> providers;
    int streams = 0;
    int errors = 0;
    for (const QJsonValue& call : calls) {
        providers.insert(call[QLatin1String("provider")].toString());
        streams += call[QLatin1String("stream")].toBool();
        errors += call[QLatin1String("error")].isString();
        if (call[QLatin1String("error")].isNull()) {
            QVERIFY(call[QLatin1String("tokens")][QLatin1String("output")].toInt() > 0);
            QVERIFY2(call[QLatin1String("costUsd")].isDouble(),
                qPrintable(call[QLatin1String("model")].toString()));
        }
    }
    QCOMPARE(calls.size(), 6);
    QCOMPARE(providers.size(), 3);
    QCOMPARE(streams, 3);
    QCOMPARE(errors, 1);
}

REGISTER_TEST(TestCliDemo)
#include "tst_clidemo.moc"
