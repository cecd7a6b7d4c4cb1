// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryLoop: pending traces -> batches -> Langfuse -> marks, one request at a time. What may have been
// taken is sent again as the same bytes; media are uploaded before the spans that refer to them; what is
// refused is halved until the one trace to blame is alone; while the server refuses everything one small
// trace at a time finds out when that is over. Owned by LangfuseDelivery, telemetry thread.

#include "base/alarm.h"
#include "base/clock.h"
#include "langfuse/batchstack.h"
#include "langfuse/deliveryreport.h"
#include "langfuse/langfuseclient.h"
#include "langfuse/legacyverdict.h"
#include "langfuse/mediauploader.h"
#include "langfuse/outboxreader.h"
#include "langfuse/retrypolicy.h"
#include "langfuse/routechooser.h"
#include "langfuse/settlementqueue.h"

#include <QObject>

class DeliveryLoop final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryLoop)

public:
    /// What it works with; all of them must outlive it. The alarm is its alone.
    struct Surroundings
    {
        PendingSource* source;
        const Clock* clock;
        Alarm* alarm;
    };

    /// `version` is the program's.
    DeliveryLoop(const LangfuseOptions& options, const QByteArray& version, RetryPolicy policy,
        const Surroundings& surroundings, QObject* parent = nullptr);
    ~DeliveryLoop() override;

    void start();
    void flush();
    /// There is something new in the source.
    void noticePending();
    [[nodiscard]] const DeliveryStatus& status() const { return m_report.status(); }

Q_SIGNALS:
    void flushed();
    void statusChanged(const DeliveryStatus& status);

private:
    void wakeIn(std::chrono::milliseconds delay);
    void wakeForNews();
    void goOn();
    void step();
    [[nodiscard]] bool settle();
    void askForRoute();
    void takeHealth(const DeliveryAnswer& answer);
    void takeRoute();
    void uploadMedia();
    void takeUploads(const MediaUploads& uploads);
    void send();
    void takeAnswer(const DeliveryAnswer& answer);
    void takeDecision(const TraceBatch& batch, const DeliveryDecision& decision);
    void takeVerdict(const TraceBatch& batch, const LegacyVerdict& verdict);
    void takeDelivered(const QList<qint64>& rows);
    void takeFailure(const TraceBatch& batch, const DeliveryDecision& decision);
    void waitAfter(const QList<qint64>& failedRows, const DeliveryDecision& decision);
    void reject(const BatchItem& item, const QByteArray& reason);
    void goOnWithCare();
    void noteStoreError(const Error& error);
    void pause(std::chrono::milliseconds delay);
    void endFlush();
    [[nodiscard]] qint64 nowUs() const;

    LangfuseOptions m_options;
    QByteArray m_version;
    RetryPolicy m_policy;
    Surroundings m_surroundings;
    BatchPlanner m_planner;
    RouteChooser m_route;
    OutboxReader m_reader;
    SettlementQueue m_settlements;
    LangfuseClient m_client;
    MediaUploader m_uploader;
    DeliveryReport m_report;
    BatchStack m_work; // all for the route of now
    LegacyVerdict::Failures m_undecided;
    int m_rejectedInARow = 0;
    bool m_isStarted = false;
    bool m_isBusy = false; // a request is under way
    bool m_isSending = false; // it is the one with the next batch
    bool m_isPausing = false; // the alarm is set for the end of a pause, nothing shortens it but a flush
    bool m_isFlushing = false;
    bool m_hasNews = false; // noticePending() since the last load
};
