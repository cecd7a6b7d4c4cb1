// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiService: everything below `/api`, and /metrics: who may ask, which route it is, what the parameters say;
// the question goes to the query thread, and its answer comes back as bytes. Lives on the engine thread,
// owned by the Engine.
//
//   ClientCall -> accessRefusal -> route -> parameters -> QueryRunner -> StoreViews -> ClientCall
//                                                                    -> StoreEditor -> ClientCall

#include "base/clock.h"
#include "langfuse/langfusedelivery.h"
#include "live/apiaccess.h"
#include "live/healthprobe.h"
#include "live/networkfigures.h"
#include "live/queryrunner.h"
#include "live/refusallog.h"
#include "live/storeeditor.h"
#include "store/ledger.h"

#include <QHash>
#include <QPointer>

#include <functional>

class ClientCall;
class EventFanout;
struct ApiQuery;

class ApiService final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ApiService)

public:
    /// What it points to must outlive this.
    struct Context
    {
        const Config* config = nullptr;
        const Clock* clock = nullptr;
        HealthProbe* health = nullptr;
        QueryRunner* queries = nullptr;
        StoreEditor* editor = nullptr;
        EventFanout* events = nullptr;
        std::function<NetworkFigures()> figures; // of this thread
    };

    explicit ApiService(const Context& context, QObject* parent = nullptr);
    ~ApiService() override;

    /// Answers a call whose path is /api or below, now or later.
    void handle(ClientCall* call);

    // What is shown of the rest of the proxy: the last values seen here.
    void setLedger(const Ledger& ledger) { m_ledger = ledger; }
    void setDelivery(const DeliveryStatus& status) { m_delivery = status; }
    void setStoreAvailable(bool isAvailable) { m_isStoreAvailable = isAvailable; }
    /// From now on the proxy is not ready.
    void setStopping() { m_isStopping = true; }
    /// How many calls were not let in, by reason.
    [[nodiscard]] const QMap<QByteArray, qint64>& refusals() const { return m_refusals.counts(); }
    /// The answer to the question with that number; nothing when nobody waits for it any more.
    void giveAnswer(quint64 number, const ApiAnswer& answer);

Q_SIGNALS:
    /// giveAnswer() shall follow.
    void metricsAsked(quint64 number, const NetworkFigures& figures);

private:
    struct Route;
    struct Asked
    {
        QPointer<ClientCall> call;
        QueryRunner::Ticket isGone;
    };

    [[nodiscard]] static const QList<Route>& routes();
    [[nodiscard]] std::optional<ApiAnswer> bodyRefusal(const RequestHead& head) const;
    void answerHealth(ClientCall* call, const ApiQuery& query);
    void answerLive(ClientCall* call, const ApiQuery& query);
    void answerReady(ClientCall* call, const ApiQuery& query);
    void answerTraces(ClientCall* call, const ApiQuery& query);
    void answerTrace(ClientCall* call, const ApiQuery& query);
    void answerRequestBody(ClientCall* call, const ApiQuery& query);
    void answerResponseBody(ClientCall* call, const ApiQuery& query);
    void answerRecord(ClientCall* call, const ApiQuery& query);
    void answerSessions(ClientCall* call, const ApiQuery& query);
    void answerStatistics(ClientCall* call, const ApiQuery& query);
    void deleteTraces(ClientCall* call, const ApiQuery& query);
    void retryRejected(ClientCall* call, const ApiQuery& query);
    void edit(ClientCall* call, StoreEditor::Action action, const TraceFilter& filter);
    void answerEvents(ClientCall* call, const ApiQuery& query);
    void answerMetrics(ClientCall* call, const ApiQuery& query);
    void ask(ClientCall* call, QueryRunner::Question question);
    [[nodiscard]] quint64 await(ClientCall* call, const QueryRunner::Ticket& isGone);

    Context m_context;
    RefusalLog m_refusals;
    AccessRules m_access;
    Ledger m_ledger;
    DeliveryStatus m_delivery;
    bool m_isStoreAvailable = true;
    bool m_isStopping = false;
    quint64 m_lastNumber = 0;
    QHash<quint64, Asked> m_asked; // whose answers are awaited
};
