// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiService: everything below `/api`, and /metrics: who may ask, which route it is, what the parameters say;
// the question goes to the query thread, and its answer comes back as bytes. Lives on the engine thread,
// owned by the Engine.
//
//   ClientCall -> accessRefusal -> route -> parameters -> QueryRunner -> StoreViews -> ClientCall
//                                                                    -> StoreEditor -> ClientCall
//
// The process itself asks in the same words, without a connection (askLocally()).

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
    /// A question of this process: `GET`, `/api/traces?limit=10`. answeredLocally() follows with that number,
    /// which the asker has chosen; not after dropLocally(). Events do not come this way: 404.
    void askLocally(quint64 number, const QByteArray& method, const QByteArray& target);
    void dropLocally(quint64 number);

    // What is shown of the rest of the proxy: the last values seen here.
    void setLedger(const Ledger& ledger) { m_ledger = ledger; }
    void setDelivery(const DeliveryStatus& status) { m_delivery = status; }
    void setStoreAvailable(bool isAvailable) { m_isStoreAvailable = isAvailable; }
    /// How many calls were not let in, by reason.
    [[nodiscard]] const QMap<QByteArray, qint64>& refusals() const { return m_refusals.counts(); }
    /// The answer to the question with that number; nothing when nobody waits for it any more.
    void giveAnswer(quint64 number, const ApiAnswer& answer);

Q_SIGNALS:
    /// giveAnswer() shall follow.
    void metricsAsked(quint64 number, const NetworkFigures& figures);
    void answeredLocally(quint64 number, const ApiAnswer& answer);

private:
    struct Route;
    struct Asker
    {
        QPointer<ClientCall> call; // of a client
        quint64 local = 0; // of this process: its number
    };
    struct Asked
    {
        Asker asker;
        QueryRunner::Ticket isGone;
    };

    [[nodiscard]] static const QList<Route>& routes();
    [[nodiscard]] static const Route* routeOf(
        const QByteArray& method, const ApiQuery& query, QByteArray* allowed);
    /// What is wrong with a request that has no route.
    [[nodiscard]] static ApiAnswer noRoute(const QByteArray& allowed);
    void give(const Asker& asker, const ApiAnswer& answer);
    void answerHealth(const Asker& asker, const ApiQuery& query);
    void answerLive(const Asker& asker, const ApiQuery& query);
    void answerReady(const Asker& asker, const ApiQuery& query);
    void answerFromStore(const Asker& asker, const ApiQuery& query);
    void deleteTraces(const Asker& asker, const ApiQuery& query);
    void retryRejected(const Asker& asker, const ApiQuery& query);
    void edit(const Asker& asker, StoreEditor::Action action, const TraceFilter& filter);
    void answerEvents(const Asker& asker, const ApiQuery& query);
    void answerMetrics(const Asker& asker, const ApiQuery& query);
    void ask(const Asker& asker, QueryRunner::Question question);
    [[nodiscard]] quint64 await(const Asker& asker, const QueryRunner::Ticket& isGone);
    void forget(quint64 number);

    Context m_context;
    RefusalLog m_refusals;
    AccessRules m_access;
    Ledger m_ledger;
    DeliveryStatus m_delivery;
    bool m_isStoreAvailable = true;
    quint64 m_lastNumber = 0;
    QHash<quint64, Asked> m_asked; // whose answers are awaited
};
