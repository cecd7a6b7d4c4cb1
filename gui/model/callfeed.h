// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallFeed: brings the calls of a TraceSource into the list: first those that are kept already, then what
// happens. Main thread, owned by the window; one for each source.
//
//   TraceSource -> CallFeed -> RequestListModel
//                           -> progressed(), for who shows the answer of one call as it comes

#include "gui/model/callfacts.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QSet>

class RequestListModel;
class TraceSource;
struct SourceAnswer;
struct SourceEvent;

class CallFeed final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallFeed)

public:
    /// Both must outlive this. `mostKept`: so many of the calls that are kept already are fetched, the
    /// newest.
    CallFeed(TraceSource* source, RequestListModel* model, qsizetype mostKept, QObject* parent = nullptr);
    ~CallFeed() override;

    /// Off: calls that begin are not shown, those that are shown go on. Traffic and delivery do not change.
    void setRecording(bool isRecording) { m_isRecording = isRecording; }
    /// Fetches the kept calls again, for instance after events were missed. What was removed from the list
    /// since the feed began stays away.
    void reload();
    /// Calls that were removed from the list on purpose.
    void forget(const QSet<QByteArray>& ids) { m_forgotten.unite(ids); }

    /// Events were missed: fetches what they told of; when those are many, gapFound() asks first.
    void mendGap();
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// The last word on the ledger, as `telemetry` in /api/health; empty: none yet.
    [[nodiscard]] const QJsonObject& telemetry() const { return m_telemetry; }

Q_SIGNALS:
    /// The kept calls are in the list, or `error` says why not.
    void loaded(const QString& error);
    /// The data of a call.progress event.
    void progressed(const QByteArray& id, const QJsonObject& data);
    /// A call has ended: its detail can be asked for.
    void ended(const QByteArray& id);
    void telemetryChanged(const QJsonObject& telemetry);
    /// So many calls came while nothing was heard, and reload() would bring them; 0: none are missing (any
    /// more).
    void gapFound(qint64 calls);

private:
    void fetchPage(const QByteArray& cursor);
    void takePage(const SourceAnswer& answer);
    void finishLoading(const QString& error);
    void takeEvents(const QList<SourceEvent>& events);
    void takeEvent(const SourceEvent& event);
    void takeCall(const QJsonObject& data);
    void takeDelivery(const QJsonObject& data);
    [[nodiscard]] CallFacts* pendingChange(const QByteArray& id);
    void applyChanges();

    TraceSource* m_source;
    RequestListModel* m_model;
    qsizetype m_mostKept;
    QList<CallFacts> m_kept; // fetched so far, newest first
    QList<SourceEvent> m_waiting; // events that came meanwhile
    QList<CallFacts> m_changes; // of the events that are being read, each call once
    QHash<QByteArray, qsizetype> m_changeOf; // by id
    QSet<QByteArray> m_ended; // of the events that are being read
    QSet<QByteArray> m_deleted; // of them, out of the store
    QSet<QByteArray> m_forgotten;
    QJsonObject m_telemetry;
    bool m_isLoading = false;
    bool m_isRecording = true;
};
