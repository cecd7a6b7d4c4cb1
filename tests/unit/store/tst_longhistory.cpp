// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How long questions to a store of 100,000 traces take.

#include "store/searchexpression.h"
#include "store/storereader.h"
#include "storefixture.h"
#include "support/testprogram.h"

#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>

class TestLongHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFastOnALongHistory();
};

namespace {

TraceFilter wordsFilter(const QByteArray& typed)
{
    TraceFilter filter;
    filter.search = searchExpression(typed);
    return filter;
}

} // namespace

/// 100,000 rows made by SQL; each question answered within a few times what it takes on a slow machine.
void TestLongHistory::isFastOnALongHistory()
{
    QTemporaryDir dir;
    TraceStore store;
    TraceStore::Options options;
    options.path = dir.filePath(QStringLiteral("t.db"));
    QVERIFY(store.open(options));
    store.append(recordNamed("one"), DeliveryState::Disabled);
    QVERIFY(store.flush());
    {
        const OtherConnection other(options.path);
        QVERIFY(other.run(
            QStringLiteral(
                "INSERT INTO trace (id, request_id, started_at, provider, method, path, model, request_model,"
                " status, error_code, session, user, duration, bytes, state, captured_bytes, tags, "
                "tokens_input)"
                " WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                " SELECT printf('0f0e0d0c-1111-4222-8333-%012d', i), printf('r-%032d', i),"
                " ")
            + QString::number(youngUs)
            + QStringLiteral(
                " + i * 1000000, 'openai', 'POST', '/v1/chat/completions', 'gpt-5-2025-08-07', 'gpt-5', 200, "
                "'',"
                " 's-' || (i / 50), 'u-' || (i % 100), i % 9000, 5000, 3, 5000, '', 10 FROM n")));
        QVERIFY(
            other.run(QStringLiteral("INSERT INTO search (rowid, input, output) SELECT row,"
                                     " 'what is the weather in town ' || row, 'it is sunny today' FROM trace"
                                     " WHERE row > 1")));
    }
    const auto opened = StoreReader::open(options.path);
    QVERIFY(opened);
    StoreReader& reader = **opened;
    TraceFilter rare;
    rare.provider = "gemini"; // nothing: every row is looked at
    TraceFilter user;
    user.user = "u-7";
    TraceFilter recent;
    recent.sinceUs = youngUs + 99'900 * 1'000'000LL;
    const auto timed = [](const char* what, const std::function<qsizetype()>& question) {
        QElapsedTimer clock;
        clock.start();
        const qsizetype found = question();
        const qint64 us = clock.nsecsElapsed() / 1000;
        qInfo("%s: %lld found in %lld us", what, qlonglong(found), us);
        return us < 2'000'000;
    };
    const auto list = [&](const TraceFilter& filter) {
        return [&reader, filter] { return reader.traces(filter, 100)->entries.size(); };
    };
    QVERIFY(timed("newest", list({})));
    QVERIFY(timed("no such provider", list(rare)));
    QVERIFY(timed("one user of 100", list(user)));
    QVERIFY(timed("the last 100 s", list(recent)));
    QVERIFY(timed("a word in all", list(wordsFilter("sunny"))));
    QVERIFY(timed("a word in one", list(wordsFilter("77777"))));
    QVERIFY(timed("a beginning", list(wordsFilter("7777*"))));
    QVERIFY(timed("no such word", list(wordsFilter("nowhere"))));
    QVERIFY(timed("sessions", [&] { return reader.sessions(100)->entries.size(); }));
    QVERIFY(timed("statistics of all", [&] { return reader.statistics({})->byModel().size(); }));
    QVERIFY(timed("statistics of 100 s", [&] { return reader.statistics(recent)->all().calls; }));
}

REGISTER_TEST(TestLongHistory)
#include "tst_longhistory.moc"
