// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real program after a long outage: a store full of pending traces goes out in full batches, new traces
// do not wait for it, and it costs no memory.

#include "store/tracestore.h"
#include "support/sanitized.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>

using namespace std::chrono_literals;

namespace {

constexpr qsizetype fullBatch = 256; // LANGFUSE_FLUSH_AT
constexpr int backlogTraces = isSanitized ? 4'000 : 20'000;

/// As the program leaves them behind when Langfuse is away.
bool fill(const QString& path, int count)
{
    TraceStore store;
    TraceStore::Options options;
    options.path = path;
    if (!store.open(options))
        return false;
    TraceRecord record;
    record.provider = "openai";
    record.dialect = "openai.chat";
    record.requestModel = "gpt-5";
    record.status = 200;
    record.startedAtUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    record.durationUs = 400'000;
    record.responseText = QByteArray(300, 'x');
    for (int i = 1; i <= count; ++i) {
        record.id = QByteArray::number(i);
        record.requestId = "old" + record.id;
        record.attribution.traceId = record.id.rightJustified(32, '0');
        record.attribution.spanId = record.id.rightJustified(16, '0');
        store.append(record, DeliveryState::Pending);
    }
    return bool(store.flush());
}

qsizetype spansIn(const QList<LangfuseRequest>& requests)
{
    qsizetype spans = 0;
    for (const LangfuseRequest& request : requests)
        spans += request.spans;
    return spans;
}

/// The most memory that the process ever had; 0: not known here.
qint64 peakKib(qint64 process)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray text = file.readAll();
    const qsizetype at = text.indexOf("VmHWM:");
    return at < 0 ? 0 : text.mid(at + 6, text.indexOf("kB", at) - at - 6).trimmed().toLongLong();
}

} // namespace

class TestBacklog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOutInFullBatchesAndHoldsUpNothing();
    void takesNoMemory();
};

void TestBacklog::goesOutInFullBatchesAndHoldsUpNothing()
{
    TracedProxy site(answerChat);
    QVERIFY(fill(site.proxy.storePath(), backlogTraces));
    QElapsedTimer clock;
    clock.start();
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QMap<QByteArray, qsizetype> sentBefore; // spans that had arrived when a new call had ended
    while (spansIn(site.langfuse.requests()) < backlogTraces / 2 && clock.elapsed() < 60'000) {
        const QByteArray id = "new" + QByteArray::number(sentBefore.size());
        QCOMPARE(site.statusOf(chatRequest(id)), 200);
        const QList<LangfuseRequest> requests = site.langfuse.requests();
        sentBefore.insert(id, spansIn(requests));
        QVERIFY(site.langfuse.waitForRequests(requests.size() + 2, 20s));
    }
    const qsizetype all = backlogTraces + sentBefore.size();
    QVERIFY(site.langfuse.waitForSpans(all, 60s));
    qInfo("%lld traces, %lld of them new, in %lld ms", qlonglong(all), qlonglong(sentBefore.size()),
        clock.elapsed());
    QTRY_COMPARE(site.count("delivered"), int(all));

    const QList<LangfuseSpan> spans = site.langfuse.spans();
    QCOMPARE(spans.size(), all);
    qsizetype lastOld = 0;
    qsizetype longestWait = 0;
    for (qsizetype i = 0; i < spans.size(); ++i) {
        const QByteArray id = spans[i].attributes.value("langfuse.observation.metadata.request_id");
        if (id.startsWith("old")) { // in their order, and each once
            QCOMPARE(id.mid(3).toLongLong(), lastOld + 1);
            ++lastOld;
        } else {
            QVERIFY(sentBefore.contains(id));
            longestWait = std::max(longestWait, i - sentBefore.take(id));
        }
    }
    QVERIFY(sentBefore.isEmpty());
    qInfo("a new trace was at most the %lldth of those that arrived after its end", qlonglong(longestWait));
    QVERIFY2(longestWait < 10 * fullBatch, "new traces wait for old ones");

    const QList<LangfuseRequest> requests = site.langfuse.requests();
    qsizetype small = 0;
    for (const LangfuseRequest& request : requests) {
        QVERIFY(request.spans <= fullBatch);
        small += request.spans < fullBatch ? 1 : 0;
    }
    QVERIFY2(small <= 2, QByteArray::number(small).constData()); // the last, and one for a late new trace
}

void TestBacklog::takesNoMemory()
{
    if (isSanitized)
        QSKIP("the sanitizer keeps what is freed");
    qint64 peak = 0;
    for (const int traces : {backlogTraces / 10, backlogTraces}) {
        TracedProxy site(answerChat);
        QVERIFY(fill(site.proxy.storePath(), traces));
        QVERIFY2(site.proxy.start(), site.proxy.errorText());
        QVERIFY(site.langfuse.waitForSpans(traces, 60s));
        const qint64 kib = peakKib(site.proxy.processId());
        if (kib == 0)
            QSKIP("needs /proc");
        qInfo("%d traces: %lld KiB at most", traces, kib);
        if (peak > 0)
            QVERIFY(kib < peak + 4096);
        peak = kib;
    }
}

REGISTER_TEST(TestBacklog)
#include "tst_backlog.moc"
