// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/callfeed.h"

#include "gui/model/requestlistmodel.h"
#include "gui/source/tracesource.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace {

constexpr int pageSize = 1000; // the most that /api/traces gives
constexpr qint64 mostUnasked = 1000; // calls of a gap

QByteArray idIn(const QJsonObject& object)
{
    return object.value(QLatin1String("id")).toString().toLatin1();
}

} // namespace

CallFeed::CallFeed(TraceSource* source, RequestListModel* model, qsizetype mostKept, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_model(model)
    , m_mostKept(mostKept)
{
    connect(m_source, &TraceSource::eventsArrived, this, &CallFeed::takeEvents);
    connect(m_source, &TraceSource::gapNoticed, this, &CallFeed::mendGap);
    connect(m_source, &TraceSource::storeReplaced, this, [this] {
        m_model->clear();
        m_forgotten.clear();
        reload();
    });
    connect(m_source, &TraceSource::statusChanged, this,
        [this, isNew = true](const SourceStatus& status) mutable {
            if (status.state == SourceStatus::State::Attached && std::exchange(isNew, false))
                reload();
        });
}

CallFeed::~CallFeed() = default;

void CallFeed::reload()
{
    if (std::exchange(m_isLoading, true))
        return;
    m_kept.clear();
    fetchPage({});
}

void CallFeed::mendGap()
{
    qint64 newestUs = 0;
    for (const CallFacts& call : m_model->allCalls())
        newestUs = std::max(newestUs, call.startedAtUs);
    if (newestUs == 0) {
        reload();
        return;
    }
    const QString since
        = QDateTime::fromMSecsSinceEpoch(newestUs / 1000 + 1, Qt::UTC).toString(Qt::ISODateWithMs);
    m_source->ask("GET", "/api/stats?since=" + since.toLatin1(), this, [this](const SourceAnswer& answer) {
        const qint64 calls
            = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("calls")).toInteger();
        if (answer.isOk() && calls > mostUnasked)
            Q_EMIT gapFound(calls);
        else
            reload();
    });
}

void CallFeed::fetchPage(const QByteArray& cursor)
{
    QByteArray target = "/api/traces?limit=" + QByteArray::number(pageSize);
    if (!cursor.isEmpty())
        target += "&cursor=" + cursor;
    m_source->ask("GET", target, this, [this](const SourceAnswer& answer) { takePage(answer); });
}

void CallFeed::takePage(const SourceAnswer& answer)
{
    if (!answer.isOk()) {
        finishLoading(TraceSource::errorText(answer.body));
        return;
    }
    const QJsonObject page = QJsonDocument::fromJson(answer.body).object();
    for (const QJsonValue& call : page.value(QLatin1String("traces")).toArray())
        m_kept.append(CallFacts::fromSummary(call.toObject()));
    const QByteArray cursor = page.value(QLatin1String("nextCursor")).toString().toLatin1();
    if (cursor.isEmpty() || m_kept.size() >= m_mostKept)
        finishLoading({});
    else
        fetchPage(cursor);
}

void CallFeed::finishLoading(const QString& error)
{
    m_isLoading = false;
    std::reverse(m_kept.begin(), m_kept.end());
    std::stable_sort(m_kept.begin(), m_kept.end(),
        [](const CallFacts& a, const CallFacts& b) { return a.startedAtUs < b.startedAtUs; });
    m_kept.removeIf([this](const CallFacts& call) { return m_forgotten.contains(call.id); });
    m_model->update(std::exchange(m_kept, {}));
    if (error.isEmpty())
        Q_EMIT gapFound(0);
    Q_EMIT loaded(error);
    takeEvents(std::exchange(m_waiting, {}));
}

void CallFeed::takeEvents(const QList<SourceEvent>& events)
{
    if (m_isLoading) {
        m_waiting.append(events);
        return;
    }
    for (const SourceEvent& event : events)
        takeEvent(event);
    applyChanges();
}

void CallFeed::takeEvent(const SourceEvent& event)
{
    const QJsonObject data = QJsonDocument::fromJson(event.json).object();
    if (event.type == "call.progress") {
        const QByteArray id = idIn(data);
        if (CallFacts* call = pendingChange(id)) {
            call->addProgress(data);
            Q_EMIT progressed(id, data);
        }
    } else if (event.type == "call.lost") {
        if (CallFacts* call = pendingChange(idIn(data))) {
            call->state = CallFacts::State::CutOff;
            call->errorText = tr("The telemetry could not keep up; how the call ended is not known");
        }
    } else if (event.type == "delivery") {
        takeDelivery(data);
    } else if (event.type == "ledger") {
        m_telemetry = data.value(QLatin1String("telemetry")).toObject();
        Q_EMIT telemetryChanged(m_telemetry);
    } else if (event.type.startsWith("call.")) {
        takeCall(data);
    }
}

void CallFeed::takeCall(const QJsonObject& data)
{
    CallFacts call = CallFacts::fromEvent(data);
    if (CallFacts* known = pendingChange(call.id)) {
        if (!known->isOpen() && call.isOpen())
            return; // what was open when we asked has ended since
        call.outputEstimate = known->outputEstimate;
        if (call.preview.isEmpty())
            call.preview = known->preview;
        if (call.isOpen() && !call.durationUs)
            call.durationUs = known->durationUs;
        *known = call;
    } else if (m_isRecording && !call.id.isEmpty() && !m_forgotten.contains(call.id)) {
        m_changeOf.insert(call.id, m_changes.size());
        m_changes.append(call);
    } else {
        return;
    }
    if (!call.isOpen())
        m_ended.insert(call.id);
}

void CallFeed::takeDelivery(const QJsonObject& data)
{
    for (const QJsonValue& trace : data.value(QLatin1String("traces")).toArray()) {
        const QByteArray id = idIn(trace.toObject());
        if (trace[QLatin1String("state")].toString() == QLatin1String("deleted"))
            m_deleted.insert(id);
        else if (CallFacts* call = pendingChange(id))
            call->setDelivery(trace.toObject());
    }
}

/// The call as these events have changed it so far; nothing when it is not in the list.
CallFacts* CallFeed::pendingChange(const QByteArray& id)
{
    if (const auto known = m_changeOf.constFind(id); known != m_changeOf.constEnd())
        return &m_changes[*known];
    const CallFacts* shown = m_model->find(id);
    if (!shown)
        return nullptr;
    m_changeOf.insert(id, m_changes.size());
    m_changes.append(*shown);
    return &m_changes.last();
}

void CallFeed::applyChanges()
{
    m_changeOf.clear();
    if (const QList<CallFacts> changes = std::exchange(m_changes, {}); !changes.isEmpty())
        m_model->update(changes);
    for (const QByteArray& id : std::exchange(m_ended, {}))
        Q_EMIT ended(id);
    if (const QSet<QByteArray> ids = std::exchange(m_deleted, {}); !ids.isEmpty())
        m_model->removeCalls([&ids](const CallFacts& call) { return ids.contains(call.id); });
}
