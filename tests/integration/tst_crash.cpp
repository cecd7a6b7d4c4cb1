// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program killed at random moments under load, again and again on one store: what had ended 250 ms
// before is delivered, and once; the books and the database stay whole.

#include "support/sanitized.h"
#include "support/testprogram.h"
#include "tracedproxy.h"
#include "waitforcpu.h"

#include <QElapsedTimer>
#include <QMap>
#include <QRandomGenerator>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>

#include <array>

using namespace std::chrono_literals;

namespace {

constexpr int rounds = isSanitized ? 15 : 50; // each takes a second there
constexpr auto promisedAfter = 250ms;
// Between the calls of a client: the promise is for what one telemetry thread keeps up with.
constexpr int pauseMs = isSanitized ? 20 : 2;

bool isSame(const LangfuseSpan& a, const LangfuseSpan& b)
{
    return a.traceId == b.traceId && a.parentSpanId == b.parentSpanId && a.name == b.name
        && a.startNs == b.startNs && a.endNs == b.endNs && a.attributes == b.attributes
        && a.statusCode == b.statusCode && a.statusMessage == b.statusMessage;
}

/// Where each accepted span stood in Langfuse's log, and which requests may have to be sent again.
class Deliveries final
{
public:
    /// `lives` has the number of requests that Langfuse had seen at the end of each life of the program.
    Deliveries(const FakeLangfuse& langfuse, const QList<qsizetype>& lives)
    {
        const QList<LangfuseSpan> spans = langfuse.spans();
        const QList<LangfuseRequest> requests = langfuse.requests();
        qsizetype next = 0;
        for (qsizetype i = 0; i < requests.size(); ++i) {
            const bool isAccepted = requests[i].status == 200 || requests[i].status == 0;
            // The last of a life, one that was still in the socket then, or one whose answer was cut off.
            const bool isUnseen = lives.contains(i + 1) || lives.contains(i) || requests[i].status == 0;
            for (qsizetype k = 0; isAccepted && k < requests[i].spans && next < spans.size(); ++k)
                m_spans[spans[next].spanId].append({spans[next], isUnseen}), ++next;
        }
        m_isComplete = next == spans.size();
    }

    /// Every span was sent once, or again with the same content because its answer had not been seen.
    QByteArray fault() const
    {
        if (!m_isComplete)
            return "spans and requests do not fit together";
        for (const QList<Sent>& sent : m_spans) {
            for (qsizetype i = 0; i + 1 < sent.size(); ++i) {
                if (!sent[i].isUnseen)
                    return "sent again though the answer was there: " + sent[i].span.spanId;
                if (!isSame(sent[i].span, sent.last().span))
                    return "sent again with another content: " + sent[i].span.spanId;
            }
        }
        return {};
    }
    QSet<QByteArray> requestIds() const
    {
        QSet<QByteArray> ids;
        for (const QList<Sent>& sent : m_spans)
            ids.insert(sent.first().span.attributes.value("langfuse.observation.metadata.request_id"));
        return ids;
    }
    qsizetype distinct() const { return m_spans.size(); }
    qsizetype total() const
    {
        qsizetype count = 0;
        for (const QList<Sent>& sent : m_spans)
            count += sent.size();
        return count;
    }

private:
    struct Sent
    {
        LangfuseSpan span;
        bool isUnseen = false; // its answer may not have been
    };
    QMap<QByteArray, QList<Sent>> m_spans; // by span id, in order
    bool m_isComplete = false;
};

/// What ended in one life of the program, and when it was killed, on the clock of Load.
struct Life
{
    QMap<QByteArray, std::chrono::nanoseconds> ended; // by request id
    std::chrono::nanoseconds killedAt{0};
};

/// Requests that must have survived their life.
QSet<QByteArray> promisedOf(const QList<Life>& lives)
{
    QSet<QByteArray> promised;
    for (const Life& life : lives) {
        for (auto it = life.ended.begin(); it != life.ended.end(); ++it) {
            if (life.killedAt - it.value() >= promisedAfter)
                promised.insert(it.key());
        }
    }
    return promised;
}

/// Calls on several connections at once for as long as it is told, on a clock that stands still while the
/// program has no CPU.
class Load final
{
public:
    explicit Load(const ProxyProcess& proxy)
        : m_clients{RawClient(proxy.port()), RawClient(proxy.port()), RawClient(proxy.port()),
            RawClient(proxy.port())}
        , m_watch(proxy.processId())
    {
        m_clock.start();
    }

    /// Ids of calls and when they had ended.
    QMap<QByteArray, std::chrono::nanoseconds> runFor(
        std::chrono::milliseconds time, const QByteArray& prefix)
    {
        QMap<QByteArray, std::chrono::nanoseconds> ended;
        int number = 0;
        while (elapsed() < time && !m_clock.hasExpired(3 * time.count())) {
            QByteArrayList ids;
            for (RawClient& client : m_clients) {
                ids.append(prefix + QByteArray::number(number++));
                if (!client.send(chatRequest(ids.last())))
                    return {};
            }
            for (std::size_t i = 0; i < m_clients.size(); ++i) {
                const Result<RawResponse> response = m_clients[i].readResponse("POST");
                if (!response || response->status != 200)
                    return {};
            }
            const std::chrono::nanoseconds now = elapsed();
            for (const QByteArray& id : std::as_const(ids))
                ended.insert(id, now);
            QTest::qWait(pauseMs);
        }
        return ended;
    }
    std::chrono::nanoseconds elapsed()
    {
        return std::chrono::nanoseconds(m_clock.nsecsElapsed()) - m_watch.sinceStart();
    }

private:
    std::array<RawClient, 4> m_clients;
    WaitForCpu m_watch;
    QElapsedTimer m_clock;
};

} // namespace

class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingToFiftyKills();

private:
    void checkDatabase(const QString& path) const;
};

void TestCrash::losesNothingToFiftyKills()
{
    QElapsedTimer all;
    all.start();
    QRandomGenerator random(20261124);
    TracedProxy site(answerChat);
    QList<Life> lives;
    QList<qsizetype> requestsAtEnd;
    int calls = 0;
    for (int round = 0; round < rounds; ++round) {
        if (round % 10 == 9) { // before it listens, or just then
            site.proxy.launch();
            QTest::qWait(random.bounded(80));
        } else {
            if (round % 7 == 6)
                site.langfuse.script({.kind = LangfuseAnswer::Kind::AcceptThenReset});
            QVERIFY2(site.proxy.start(), site.proxy.errorText());
            Load load(site.proxy);
            const std::chrono::milliseconds time(random.bounded(260, 420));
            Life life;
            life.ended = load.runFor(time, "r" + QByteArray::number(round) + '-');
            QVERIFY(!life.ended.isEmpty());
            life.killedAt = load.elapsed();
            site.proxy.kill();
            calls += int(life.ended.size());
            lives.append(life);
        }
        site.proxy.kill();
        requestsAtEnd.append(site.langfuse.requests().size());
    }

    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QTRY_COMPARE_WITH_TIMEOUT(site.count("pending") + site.count("delivering"), 0, 30'000);
    const Deliveries deliveries(site.langfuse, requestsAtEnd);
    const QSet<QByteArray> promised = promisedOf(lives);
    qInfo("%d kills, %d calls, %lld promised, %lld spans, %lld of them sent again, %lld ms", rounds, calls,
        qlonglong(promised.size()), qlonglong(deliveries.distinct()),
        qlonglong(deliveries.total() - deliveries.distinct()), qlonglong(all.elapsed()));
    QVERIFY(promised.size() > rounds);
    const QSet<QByteArray> lost = promised - deliveries.requestIds();
    QVERIFY2(lost.isEmpty(), lost.values().join(' ').constData());
    const QByteArray fault = deliveries.fault();
    QVERIFY2(fault.isEmpty(), fault.constData());

    const QJsonObject telemetry = site.telemetry();
    const QJsonObject bytes = telemetry[QLatin1String("bytes")].toObject();
    for (const QJsonObject& sums : {telemetry, bytes}) {
        qint64 sum = 0;
        for (const char* part : {"pending", "delivering", "delivered", "rejected", "disabled", "dropped"})
            sum += sums[QLatin1String(part)].toInteger(-1);
        QCOMPARE(sums[QLatin1String("captured")].toInteger(), sum);
    }
    QCOMPARE(telemetry[QLatin1String("delivered")].toInteger(), deliveries.distinct());
    QCOMPARE(telemetry[QLatin1String("captured")].toInteger(), deliveries.distinct());
    site.proxy.terminate();
    QCOMPARE(site.proxy.waitForExit(), 0);
    checkDatabase(site.proxy.storePath());
}

void TestCrash::checkDatabase(const QString& path) const
{
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("check"));
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("PRAGMA integrity_check")) && query.next());
        QCOMPARE(query.value(0).toString(), QStringLiteral("ok"));
        QVERIFY(query.exec(QStringLiteral("SELECT count(*) FROM trace LEFT JOIN content USING (row)"
                                          " WHERE data IS NULL"))
            && query.next());
        QCOMPARE(query.value(0).toInt(), 0);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("check"));
}

REGISTER_TEST(TestCrash)
#include "tst_crash.moc"
