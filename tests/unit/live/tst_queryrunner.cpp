// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Questions are answered elsewhere: whoever asks goes on at once, whatever the question takes.

#include "base/threadholder.h"
#include "live/queryrunner.h"
#include "support/testprogram.h"

#include <QSemaphore>
#include <QTest>

namespace {

QueryRunner::Ticket wanted()
{
    return std::make_shared<std::atomic_bool>(false);
}

} // namespace

class TestQueryRunner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_thread = std::make_unique<ThreadHolder>(QStringLiteral("query"));
        m_thread->run([this] {
            m_runner = new QueryRunner([this]() -> Result<std::unique_ptr<StoreReader>> {
                if (!m_opens)
                    return Error{ErrorCode::StoreFailed, QStringLiteral("no store here"), {}};
                return std::make_unique<StoreReader>(QStringLiteral("none"));
            });
        });
        m_opens = true;
        m_answers.clear();
        // Queued: on this thread.
        connect(m_runner, &QueryRunner::answered, this, [this](quint64 number, const ApiAnswer& answer) {
            m_answers.append({number, answer});
        });
    }

    void cleanup()
    {
        m_thread->run([this] { delete m_runner; });
        m_thread.reset();
    }

    void letsTheAskerGoOn()
    {
        QSemaphore begun;
        QSemaphore mayEnd;
        QThread* answeredOn = nullptr;
        QVERIFY(m_runner->ask(7, wanted(), [&](StoreReader*, quint64) {
            answeredOn = QThread::currentThread();
            begun.release();
            mayEnd.acquire();
            return ApiAnswer{200, "done"};
        }));
        begun.acquire(); // the question is being answered, and we are here
        QCOMPARE(m_answers.size(), 0);
        mayEnd.release();
        QTRY_COMPARE(m_answers.size(), 1);
        QCOMPARE(m_answers[0].first, quint64(7));
        QCOMPARE(m_answers[0].second.body, "done");
        QCOMPARE(answeredOn, m_thread->thread());
    }

    void refusesWhatWouldPileUp()
    {
        QSemaphore mayEnd;
        const auto question = [&](StoreReader*, quint64) {
            mayEnd.acquire();
            return ApiAnswer();
        };
        for (int i = 0; i < QueryRunner::maxWaiting; ++i)
            QVERIFY(m_runner->ask(quint64(i), wanted(), question));
        QVERIFY(!m_runner->ask(99, wanted(), question));
        mayEnd.release(QueryRunner::maxWaiting);
        QTRY_COMPARE(m_answers.size(), QueryRunner::maxWaiting);
        for (int i = 0; i < m_answers.size(); ++i)
            QCOMPARE(m_answers[i].first, quint64(i)); // in order
        mayEnd.release();
        QVERIFY(m_runner->ask(100, wanted(), question));
        QTRY_COMPARE(m_answers.size(), QueryRunner::maxWaiting + 1);
    }

    void skipsWhatNobodyWantsAnyMore()
    {
        QSemaphore mayEnd;
        int asked = 0;
        QVERIFY(m_runner->ask(1, wanted(), [&](StoreReader*, quint64) {
            mayEnd.acquire();
            return ApiAnswer();
        }));
        const auto gone = wanted();
        QVERIFY(m_runner->ask(2, gone, [&](StoreReader*, quint64) {
            ++asked;
            return ApiAnswer();
        }));
        QVERIFY(m_runner->ask(3, wanted(), [](StoreReader*, quint64) { return ApiAnswer(); }));
        *gone = true;
        mayEnd.release();
        QTRY_COMPARE(m_answers.size(), 2);
        QCOMPARE(m_answers[1].first, quint64(3));
        QCOMPARE(asked, 0);
    }

    void saysThatTheStoreCannotBeOpened()
    {
        m_opens = false;
        QVERIFY(m_runner->ask(1, wanted(), [](StoreReader*, quint64) { return ApiAnswer(); }));
        QTRY_COMPARE(m_answers.size(), 1);
        const ApiAnswer answer = m_answers[0].second;
        QCOMPARE(answer.status, 503);
        QVERIFY(answer.body.contains("no store here"));
    }

private:
    std::unique_ptr<ThreadHolder> m_thread;
    QueryRunner* m_runner = nullptr;
    std::atomic_bool m_opens = true;
    QList<std::pair<quint64, ApiAnswer>> m_answers;
};

REGISTER_TEST(TestQueryRunner)
#include "tst_queryrunner.moc"
