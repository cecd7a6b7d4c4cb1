// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/langfusedelivery.h"
#include "support/testprogram.h"

#include "samplerecord.h"
#include "store/tracestore.h"
#include "support/fakelangfuse.h"

#include <QSignalSpy>
#include <QTemporaryDir>

using namespace std::chrono_literals;

// The whole way, with the real store: DeliveryLoop's own test has the finer cases.
class TestLangfuseDelivery final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void deliversWhatIsAppended();
    void deliversWhatWasLeftByTheLastRun();
    void notesWhyATraceWasRejected();

private:
    [[nodiscard]] LangfuseOptions optionsFor(const FakeLangfuse& langfuse) const;
    void append(TraceStore* store, int count);

    QTemporaryDir m_folder;
    TraceStore::Options m_storeOptions;
    SystemClock m_clock;
    int m_appended = 0;
};

void TestLangfuseDelivery::init()
{
    m_appended = 0;
    m_storeOptions.path
        = m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + QLatin1String(".db"));
    m_storeOptions.commitInterval = 5ms;
}

LangfuseOptions TestLangfuseDelivery::optionsFor(const FakeLangfuse& langfuse) const
{
    LangfuseOptions options;
    options.baseUrl = langfuse.baseUrl();
    options.publicKey = "pk-lf-test";
    options.secretKey = Secret("sk-lf-test");
    options.batchDelay = 5ms;
    return options;
}

void TestLangfuseDelivery::append(TraceStore* store, int count)
{
    for (int i = 0; i < count; ++i) {
        const QByteArray number = QByteArray::number(++m_appended);
        TraceRecord record = sampleRecord("req-" + number);
        record.id = Ids::newUuid();
        store->append(record, DeliveryState::Pending);
    }
}

void TestLangfuseDelivery::deliversWhatIsAppended()
{
    FakeLangfuse langfuse;
    TraceStore store;
    QVERIFY(store.open(m_storeOptions));
    LangfuseDelivery delivery(optionsFor(langfuse), &store, &m_clock);
    QSignalSpy statusChanged(&delivery, &LangfuseDelivery::statusChanged);
    delivery.start();
    append(&store, 40);
    QTRY_COMPARE(store.ledger().delivered.traces, 40);
    QCOMPARE(store.ledger().pending.traces, 0);
    QCOMPARE(langfuse.spans().size(), 40);
    QCOMPARE(langfuse.spans().first().attributes.value("langfuse.observation.output"),
        QByteArray(R"({"role":"assistant","content":"hi there"})"));
    QVERIFY(!statusChanged.isEmpty());
    QVERIFY(delivery.status().lastSuccessAtUs > 0);
}

void TestLangfuseDelivery::deliversWhatWasLeftByTheLastRun()
{
    FakeLangfuse langfuse;
    langfuse.goDown();
    {
        TraceStore store;
        QVERIFY(store.open(m_storeOptions));
        LangfuseDelivery delivery(optionsFor(langfuse), &store, &m_clock);
        delivery.start();
        append(&store, 3);
        QTRY_VERIFY(delivery.status().consecutiveFailures > 0);
        QSignalSpy flushed(&delivery, &LangfuseDelivery::flushed);
        delivery.flush();
        QTRY_COMPARE(flushed.size(), 1);
        QCOMPARE(store.ledger().pending.traces, 3);
        store.close();
    }
    langfuse.comeUp();
    TraceStore store;
    QVERIFY(store.open(m_storeOptions));
    QCOMPARE(store.ledger().pending.traces, 3);
    LangfuseDelivery delivery(optionsFor(langfuse), &store, &m_clock);
    delivery.start();
    QTRY_COMPARE(store.ledger().delivered.traces, 3);
    QCOMPARE(langfuse.spans().size(), 3);
}

void TestLangfuseDelivery::notesWhyATraceWasRejected()
{
    FakeLangfuse langfuse;
    langfuse.refuseSpansWhen(
        [](const LangfuseSpan& span) { return span.traceId == Ids::traceIdFor("req-2"); });
    TraceStore store;
    QVERIFY(store.open(m_storeOptions));
    append(&store, 4);
    QVERIFY(store.flush());
    LangfuseDelivery delivery(optionsFor(langfuse), &store, &m_clock);
    delivery.start();
    QTRY_COMPARE(store.ledger().rejected().traces, 1);
    QTRY_COMPARE(store.ledger().delivered.traces, 3);
    QCOMPARE(store.ledger().captured.traces, 4);
}

REGISTER_TEST(TestLangfuseDelivery)
#include "tst_langfusedelivery.moc"
