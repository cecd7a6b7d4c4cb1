// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench-telemetry: what a trace costs from its capture to its delivery: the real pipeline, store and delivery
// on one thread, with a Langfuse that is another process. One JSON line on stdout.
// First all traces are stored, then the backlog is delivered; `backlog` is many small ones, and
// while they are delivered a new one comes for every thousand: in how many batches each of those went out is
// told as well.
//   bench-telemetry --langfuse-port N --store FILE --kind small|agent|image|backlog --count N [--redact all]

#include "base/clock.h"
#include "base/freedmemory.h"
#include "capturesamples.h"
#include "jsonline.h"
#include "langfuse/langfusedelivery.h"
#include "options.h"
#include "store/tracestore.h"
#include "trace/telemetrypipeline.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>

namespace {

constexpr int deadlineMs = 120'000;
constexpr qint64 tracesBetweenNew = 1000; // that are delivered of a backlog
constexpr qsizetype burstBytes = 8 << 20; // captured in one turn of the event loop, at most

qint64 cpuNanoseconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto nanoseconds
        = [](const timeval& time) { return time.tv_sec * 1'000'000'000LL + time.tv_usec * 1000LL; };
    return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

double peakResidentMib()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return double(usage.ru_maxrss) / 1024;
}

/// The parts of the Engine that come after the capture.
class Telemetry final
{
public:
    Telemetry(const QString& storePath, quint16 langfusePort, const RecordRules& rules)
        : m_pipeline(&m_queue, 1 << 20, rules)
    {
        TraceStore::Options options;
        options.path = storePath;
        if (Result<void> opened = m_store.open(options); !opened)
            qFatal("%s", qPrintable(opened.error().message));
        LangfuseOptions langfuse;
        langfuse.baseUrl = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(langfusePort));
        langfuse.publicKey = "pk-lf-bench";
        langfuse.secretKey = Secret("sk-lf-bench");
        m_delivery = std::make_unique<LangfuseDelivery>(langfuse, &m_store, &m_clock);
        QObject::connect(
            &m_pipeline, &TelemetryPipeline::recordFinished, &m_store, [this](const TraceRecord& record) {
                m_store.append(record, DeliveryState::Pending);
                if (m_isDelivering)
                    m_newTraces.insert(record.id, m_batches);
            });
        QObject::connect(m_delivery.get(), &LangfuseDelivery::tracesChanged, &m_store,
            [this](const QList<DeliveryChange>& changes) { noteChanges(changes); });
        m_queue.setWakeUp([this] {
            QMetaObject::invokeMethod(&m_pipeline, &TelemetryPipeline::wake, Qt::QueuedConnection);
        });
    }
    ~Telemetry() { m_queue.setWakeUp({}); }

    void push(CaptureSegment segment) { m_queue.push(std::move(segment)); }
    void deliver()
    {
        m_isDelivering = true;
        m_delivery->start();
    }
    [[nodiscard]] qint64 batches() const { return m_batches; }
    /// Batches that were marked from the end of a new trace's call to its own, that one included.
    [[nodiscard]] qint64 longestWait() const { return m_longestWait; }
    /// Runs the event loop until `done`.
    void runUntil(const std::function<bool(qint64 captured, qint64 delivered)>& done)
    {
        QTimer deadline;
        deadline.setSingleShot(true);
        QObject::connect(&deadline, &QTimer::timeout, &deadline, [] { qFatal("not delivered in time"); });
        deadline.start(deadlineMs);
        while (!done(m_store.ledger().captured.traces, m_store.ledger().delivered.traces))
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }

private:
    /// Each batch that was taken is told once.
    void noteChanges(const QList<DeliveryChange>& changes)
    {
        if (changes.isEmpty() || changes.first().state != DeliveryState::Delivered)
            return;
        ++m_batches;
        for (const DeliveryChange& change : changes) {
            if (const auto found = m_newTraces.constFind(change.id); found != m_newTraces.cend())
                m_longestWait = std::max(m_longestWait, m_batches - *found);
        }
    }

    bool m_isDelivering = false;
    qint64 m_batches = 0;
    qint64 m_longestWait = 0;
    QHash<QByteArray, qint64> m_newTraces; // with the batches before it
    SystemClock m_clock;
    TelemetryQueue m_queue;
    TraceStore m_store;
    TelemetryPipeline m_pipeline;
    std::unique_ptr<LangfuseDelivery> m_delivery;
};

RecordRules rulesFor(const std::string& redact)
{
    RecordRules rules;
    if (redact == "all")
        rules.redaction
            = *makeRedactionRules({"email", "phone", "card", "ip", "national-id", "api-key"}, {}, {});
    return rules;
}

} // namespace

int main(int argc, char** argv)
{
    keepFreedMemory();
    QCoreApplication application(argc, argv);
    const Options options(argc, argv, 1);
    const std::string kind = options.text("kind", "small");
    const auto count = qsizetype(options.number("count", 5000));
    const QString path = QString::fromStdString(options.text("store", ":memory:"));
    const std::string redact = options.text("redact", "");
    auto telemetry
        = std::make_unique<Telemetry>(path, quint16(options.number("langfuse-port", 0)), rulesFor(redact));

    const qint64 cpuAtStart = cpuNanoseconds();
    qint64 cpuOfSamples = 0;
    for (qsizetype pushed = 0; pushed < count;) {
        for (qint64 bodyBytes = 0; pushed < count && bodyBytes < burstBytes; ++pushed) {
            const qint64 cpuBefore = cpuNanoseconds();
            CaptureSegment segment = CaptureSamples::make(kind, pushed);
            cpuOfSamples += cpuNanoseconds() - cpuBefore;
            bodyBytes += segment.end->requestBytes + segment.end->responseBytes;
            telemetry->push(std::move(segment));
        }
        telemetry->runUntil([&](qint64 captured, qint64) { return captured >= pushed; });
    }
    const qint64 cpuAtStored = cpuNanoseconds();
    const std::chrono::nanoseconds backlog = SystemClock().monotonic();
    telemetry->deliver();
    qsizetype newTraces = 0;
    telemetry->runUntil([&](qint64, qint64 delivered) {
        if (kind == "backlog" && delivered < count && delivered >= (newTraces + 1) * tracesBetweenNew)
            telemetry->push(CaptureSamples::make(kind, count + newTraces++));
        return delivered >= count + newTraces;
    });
    const qint64 cpuAtEnd = cpuNanoseconds();
    const std::chrono::nanoseconds drained = SystemClock().monotonic() - backlog;
    const qint64 batches = telemetry->batches();
    const qint64 longestWait = telemetry->longestWait();
    telemetry.reset();

    const auto perTrace = [count](qint64 amount) { return double(amount) / double(count); };
    const qint64 bytes = QFileInfo(path).size() + QFileInfo(path + QStringLiteral("-wal")).size();
    std::puts(JsonLine()
                  .add("kind", redact.empty() ? kind : kind + ", redacted")
                  .add("traces", int64_t(count))
                  .add("cpuMicrosecondsToStore", perTrace(cpuAtStored - cpuAtStart - cpuOfSamples) / 1000.0)
                  .add("cpuMicrosecondsToDeliver", perTrace(cpuAtEnd - cpuAtStored) / 1000.0)
                  .add("tracesPerSecondFromBacklog", double(count) * 1e9 / double(drained.count()))
                  .add("tracesPerBatch", double(count + newTraces) / double(batches))
                  .add("batchesToNewTrace", double(longestWait))
                  .add("diskBytesPerTrace", perTrace(bytes))
                  .add("peakResidentMib", peakResidentMib())
                  .text()
                  .c_str());
    return EXIT_SUCCESS;
}
