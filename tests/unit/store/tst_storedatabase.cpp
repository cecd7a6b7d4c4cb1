// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Opening one file from several sides; what is in it is the matter of tst_tracestore.

#include "store/storeopening.h"
#include "support/testprogram.h"

#include <QSemaphore>
#include <QTemporaryDir>
#include <QThread>

#include <algorithm>
#include <memory>
#include <vector>

class TestStoreDatabase final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMadeByOneOfManyThatOpenItAtOnce();
};

// Two daemons that are started together, as by a service manager, want the same default store: one has it,
// the other is told so, and nothing else goes wrong.
void TestStoreDatabase::isMadeByOneOfManyThatOpenItAtOnce()
{
    constexpr int openers = 8;
    constexpr int rounds = 5;
    const QTemporaryDir directory;
    for (int round = 0; round < rounds; ++round) {
        const QString path = directory.filePath(QStringLiteral("%1/traces.db").arg(round));
        QSemaphore start;
        std::vector<QString> errors(openers);
        std::vector<std::unique_ptr<QThread>> threads;
        for (QString& error : errors) {
            threads.emplace_back(QThread::create([&start, &error, &path] {
                start.acquire();
                if (const auto database = openStore(path); !database)
                    error = database.error().message;
            }));
            threads.back()->start();
        }
        start.release(openers);
        for (const std::unique_ptr<QThread>& thread : threads)
            QVERIFY(thread->wait(30000));
        for (const QString& error : errors)
            QVERIFY2(error.isEmpty() || error.contains(QStringLiteral("in use")), qPrintable(error));
        QVERIFY(std::count(errors.begin(), errors.end(), QString()) > 0);
    }
}

REGISTER_TEST(TestStoreDatabase)
#include "tst_storedatabase.moc"
