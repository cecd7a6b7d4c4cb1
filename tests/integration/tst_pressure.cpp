// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Clients of the real program while telemetry is in trouble: no call fails, none waits, and every trace is
// there afterwards. Each call has its twin, in the next moment, to a proxy that is not in trouble: on a busy
// machine both are slow.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <algorithm>

#ifdef Q_OS_LINUX
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#endif

using namespace std::chrono_literals;

namespace {

constexpr int callsEach = 150; // before, during, after

#ifdef Q_OS_LINUX

/// A limit on the size of every file that the process writes: a disk that is full.
class FullDisk final
{
    Q_DISABLE_COPY_MOVE(FullDisk)

public:
    explicit FullDisk(qint64 process)
        : m_process(pid_t(process))
    {
        m_isSet = prlimit(m_process, RLIMIT_FSIZE, nullptr, &m_before) == 0 && set(4096);
    }
    ~FullDisk() { (void)set(m_before.rlim_cur); }
    bool isSet() const { return m_isSet; }

private:
    bool set(rlim_t bytes) const
    {
        const rlimit limit{bytes, m_before.rlim_max};
        return prlimit(m_process, RLIMIT_FSIZE, &limit, nullptr) == 0;
    }
    pid_t m_process;
    rlimit m_before{};
    bool m_isSet = false;
};

/// Holds one thread of the process still.
class StalledThread final
{
    Q_DISABLE_COPY_MOVE(StalledThread)

public:
    StalledThread(qint64 process, const QByteArray& name)
    {
        const QDir tasks(QStringLiteral("/proc/%1/task").arg(process));
        for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            QFile file(tasks.filePath(task + QStringLiteral("/comm")));
            if (file.open(QIODevice::ReadOnly) && file.readAll().trimmed() == name)
                m_thread = task.toInt();
        }
        m_isStalled = m_thread != 0 && ptrace(PTRACE_SEIZE, m_thread, nullptr, nullptr) == 0
            && ptrace(PTRACE_INTERRUPT, m_thread, nullptr, nullptr) == 0
            && waitpid(m_thread, nullptr, __WALL) == m_thread;
    }
    ~StalledThread()
    {
        if (m_isStalled)
            ptrace(PTRACE_DETACH, m_thread, nullptr, nullptr);
    }
    bool exists() const { return m_thread != 0; }
    bool isStalled() const { return m_isStalled; }

private:
    pid_t m_thread = 0;
    bool m_isStalled = false;
};

#endif

/// Somebody else who writes to the same database and takes his time.
class LockedStore final
{
    Q_DISABLE_COPY_MOVE(LockedStore)

public:
    explicit LockedStore(const QString& path)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name());
        database.setDatabaseName(path);
        m_isLocked = database.open() && QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE"));
    }
    ~LockedStore() { QSqlDatabase::removeDatabase(name()); }
    bool isLocked() const { return m_isLocked; }

private:
    static QString name() { return QStringLiteral("locker"); }
    bool m_isLocked = false;
};

struct Pace
{
    double medianUs = 0;
    double mostUs = 0; // nine of ten are faster
};

struct Paces
{
    Pace troubled;
    Pace control;
};

Pace paceOf(QList<double> times)
{
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 9 / 10]};
}

/// 0: it has failed.
double callUs(RawClient* client, const QByteArray& request)
{
    QElapsedTimer clock;
    clock.start();
    if (!client->send(request))
        return 0;
    const Result<RawResponse> response = client->readResponse("POST");
    return response && response->status == 200 ? double(clock.nsecsElapsed()) / 1000 : 0;
}

} // namespace

class TestPressure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void survivesALockedStore();
    void survivesAFullDisk();
    void survivesAStalledTelemetryThread();
    void survivesASlowDisk();
    void refusesAStoreInUse();

private:
    Paces paces(const TracedProxy& troubled, const TracedProxy& control);
    void checkPaces(const char* trouble, const Paces& before, const Paces& during, const Paces& after) const;
    void checkBooks(const TracedProxy& site) const;

    int m_calls = 0; // to the one in trouble
};

/// Calls in turn, one after the other, on one connection each.
Paces TestPressure::paces(const TracedProxy& troubled, const TracedProxy& control)
{
    RawClient troubledClient(troubled.proxy.port());
    RawClient controlClient(control.proxy.port());
    QList<double> troubledTimes;
    QList<double> controlTimes;
    for (int i = 0; i < callsEach; ++i) {
        const QByteArray request = chatRequest("r" + QByteArray::number(++m_calls));
        const double one = callUs(&troubledClient, request);
        const double other = callUs(&controlClient, request);
        if (one <= 0 || other <= 0)
            return {};
        troubledTimes.append(one);
        controlTimes.append(other);
    }
    return {paceOf(troubledTimes), paceOf(controlTimes)};
}

void TestPressure::checkPaces(
    const char* trouble, const Paces& before, const Paces& during, const Paces& after) const
{
    for (const auto& [when, paces] : {std::pair("before", before), {trouble, during}, {"after", after}}) {
        qInfo("%s: median %.0f us, 90 %% within %.0f us; undisturbed %.0f and %.0f", when,
            paces.troubled.medianUs, paces.troubled.mostUs, paces.control.medianUs, paces.control.mostUs);
        QVERIFY2(paces.troubled.medianUs > 0, "a call has failed");
    }
    // Who waits for the store waits 100 ms, and for the thread for ever.
    QVERIFY(during.troubled.medianUs < 1.5 * during.control.medianUs + 1'000);
    QVERIFY(during.troubled.mostUs < 2 * during.control.mostUs + 5'000);
}

void TestPressure::checkBooks(const TracedProxy& site) const
{
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), m_calls, 20'000);
    QCOMPARE(site.count("captured"), m_calls);
    QCOMPARE(site.count("dropped"), 0);
    QCOMPARE(site.langfuse.spans().size(), m_calls);
}

void TestPressure::survivesALockedStore()
{
    m_calls = 0;
    TracedProxy site(answerChat);
    TracedProxy control(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY2(control.proxy.start(), control.proxy.errorText());
    const Paces before = paces(site, control);
    QTRY_COMPARE(site.count("captured"), m_calls);
    Paces during;
    {
        const LockedStore lock(site.proxy.storePath());
        QVERIFY(lock.isLocked());
        during = paces(site, control);
        // Counted, though it cannot be written.
        QTRY_COMPARE_WITH_TIMEOUT(site.count("captured"), m_calls, 15'000);
        QVERIFY(site.count("pending") >= callsEach);
    }
    checkPaces("while the store is locked", before, during, paces(site, control));
    checkBooks(site);
}

void TestPressure::survivesAFullDisk()
{
#ifdef Q_OS_LINUX
    m_calls = 0;
    TracedProxy site(answerChat);
    TracedProxy control(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY2(control.proxy.start(), control.proxy.errorText());
    const Paces before = paces(site, control);
    QTRY_COMPARE(site.count("delivered"), m_calls);
    Paces during;
    {
        const FullDisk disk(site.proxy.processId());
        QVERIFY(disk.isSet());
        during = paces(site, control);
        QTRY_COMPARE_WITH_TIMEOUT(site.count("captured"), m_calls, 15'000);
        QVERIFY(site.proxy.isRunning());
    }
    checkPaces("while the disk is full", before, during, paces(site, control));
    checkBooks(site);
#else
    QSKIP("needs prlimit");
#endif
}

void TestPressure::survivesAStalledTelemetryThread()
{
#ifdef Q_OS_LINUX
    m_calls = 0;
    TracedProxy site(answerChat);
    TracedProxy control(answerChat);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QVERIFY2(control.proxy.start(), control.proxy.errorText());
    const Paces before = paces(site, control);
    QTRY_COMPARE(site.count("delivered"), m_calls);
    Paces during;
    {
        const StalledThread thread(site.proxy.processId(), "telemetry");
        QVERIFY(thread.exists());
        if (!thread.isStalled())
            QSKIP("ptrace is not allowed here");
        during = paces(site, control);
        QCOMPARE(site.count("captured"), callsEach); // health answers, with what was last known
        QCOMPARE(site.langfuse.spans().size(), callsEach);
    }
    checkPaces("while telemetry stands still", before, during, paces(site, control));
    checkBooks(site);
#else
    QSKIP("needs ptrace");
#endif
}

void TestPressure::survivesASlowDisk()
{
#ifdef SLOW_DISK
    m_calls = 0;
    TracedProxy control(answerChat);
    TracedProxy quick(answerChat);
    TracedProxy slow(answerChat,
        {{"LD_PRELOAD", SLOW_DISK}, {"ASAN_OPTIONS", qgetenv("ASAN_OPTIONS") + ":verify_asan_link_order=0"}});
    for (TracedProxy* site : {&control, &quick, &slow})
        QVERIFY2(site->proxy.start(), site->proxy.errorText());
    const Paces before = paces(quick, control);
    m_calls = 0;
    const Paces during = paces(slow, control);
    const int slowCalls = m_calls;
    checkPaces("on a slow disk", before, during, paces(quick, control));
    m_calls = slowCalls;
    checkBooks(slow);
#else
    QSKIP("needs LD_PRELOAD");
#endif
}

void TestPressure::refusesAStoreInUse()
{
    TracedProxy first(answerChat);
    QVERIFY2(first.proxy.start(), first.proxy.errorText());
    ProxyProcess second({{"STORE_PATH", first.proxy.storePath().toUtf8()}});
    second.launch();
    QCOMPARE(second.waitForExit(), 74);
    const QByteArray said = second.errorLines().join('\n');
    QVERIFY2(said.contains(
                 "in use by another process (number " + QByteArray::number(first.proxy.processId()) + ')'),
        said.constData());
    QVERIFY(said.contains(first.proxy.storePath().toUtf8()));
    QCOMPARE(first.statusOf(chatRequest("r1")), 200);
    QTRY_COMPARE(first.count("delivered"), 1);

    first.proxy.kill(); // the lock goes with its process
    QVERIFY2(first.proxy.start(), first.proxy.errorText());
    QCOMPARE(first.count("delivered"), 1);
}

REGISTER_TEST(TestPressure)
#include "tst_pressure.moc"
