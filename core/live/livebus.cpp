// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/livebus.h"

#include "langfuse/jsonwriter.h"
#include "live/healthjson.h"
#include "live/tracejson.h"

#include <QTimerEvent>

namespace {

constexpr int tickMs = 100;
constexpr std::chrono::seconds ledgerPeriod{1};

const char* partWord(Part::Kind kind)
{
    switch (kind) {
    case Part::Kind::Thinking:
        return "thinking";
    case Part::Kind::Refusal:
        return "refusal";
    case Part::Kind::ToolCall:
        return "tool_call";
    default:
        return "text";
    }
}

/// An object without its braces.
QByteArray membersOf(const JsonWriter& out)
{
    return out.json().sliced(1, out.json().size() - 2);
}

/// `write`: TraceJson::writeOpenCall() or writeSummary().
QByteArray callMember(const TraceSummary& summary, const char* state,
    void (*write)(JsonWriter* out, const TraceSummary& summary))
{
    JsonWriter out;
    out.beginObject();
    TraceJson::writeText(&out, "state", state);
    out.key("call");
    write(&out, summary);
    out.endObject();
    return membersOf(out);
}

void writeLiveText(JsonWriter* out, const LiveText& text)
{
    out->beginObject();
    TraceJson::writeNumber(out, "message", text.message);
    TraceJson::writeNumber(out, "part", text.part);
    TraceJson::writeText(out, "kind", partWord(text.kind));
    if (!text.name.isEmpty())
        TraceJson::writeText(out, "name", text.name);
    TraceJson::writeNumber(out, "offset", text.offset);
    TraceJson::writeText(out, "text", text.text);
    out->endObject();
}

QByteArray deliveryMember(const QList<DeliveryChange>& changes)
{
    JsonWriter out;
    out.beginObject();
    out.key("traces");
    out.beginArray();
    for (const DeliveryChange& change : changes) {
        out.beginObject();
        TraceJson::writeText(&out, "id", change.id);
        TraceJson::writeText(
            &out, "state", change.isDeleted ? "deleted" : TraceJson::deliveryWord(change.state));
        TraceJson::writeNumber(&out, "attempts", change.attempts);
        TraceJson::writeText(&out, "reason", change.reason);
        out.endObject();
    }
    out.endArray();
    out.endObject();
    return membersOf(out);
}

} // namespace

LiveBus::LiveBus(const Clock* clock, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
{
}

LiveBus::~LiveBus() = default;

void LiveBus::setWatched(bool isWatched)
{
    m_isWatched = isWatched;
    m_isLedgerNew = isWatched;
    m_seen.clear();
    m_events.clear();
    m_changes.clear();
    if (isWatched)
        wake();
}

void LiveBus::seeCall(const LiveCall& call)
{
    const TraceRecord& facts = call.facts;
    if (!m_isWatched || facts.provider.isEmpty())
        return; // refused at the door
    const auto openCall = [&] {
        TraceSummary summary = summaryOf(facts);
        summary.preview = call.preview;
        return callMember(summary, "open", &TraceJson::writeOpenCall);
    };
    auto seen = m_seen.find(facts.id);
    if (seen == m_seen.end()) {
        seen = m_seen.insert(facts.id, {false, facts.requestBytes + facts.responseBytes});
        addCall("call.started", facts, openCall());
    }
    if (!seen->hasHead && facts.responseHeadUs >= 0) {
        seen->hasHead = true;
        seen->bytes = facts.requestBytes + facts.responseBytes;
        addCall("call.response", facts, openCall());
        if (call.texts.isEmpty())
            return;
    }
    const qint64 bytes = facts.requestBytes + facts.responseBytes;
    if (std::exchange(seen->bytes, bytes) != bytes || !call.texts.isEmpty())
        addProgress(call);
}

void LiveBus::endCall(const TraceRecord& record, bool isStored, DeliveryState state, const QByteArray& reason)
{
    if (!m_isWatched || (m_seen.remove(record.id) == 0 && !isStored))
        return;
    TraceSummary summary = summaryOf(record);
    summary.state = state;
    summary.reason = reason;
    addCall("call.ended", record,
        callMember(summary, isStored ? "stored" : "not_stored", &TraceJson::writeSummary));
}

void LiveBus::loseCall(const QByteArray& id)
{
    if (m_seen.remove(id) > 0)
        add({"call.lost", "\"id\":\"" + id + '"', {id}, {}, {}, {}});
}

void LiveBus::noteDelivery(const QList<DeliveryChange>& changes)
{
    if (!m_isWatched || changes.isEmpty())
        return;
    m_changes.append(changes);
    wake();
}

void LiveBus::setLedger(const Ledger& ledger)
{
    m_isLedgerNew = m_isLedgerNew || (m_isWatched && m_ledger != ledger);
    m_ledger = ledger;
    if (m_isLedgerNew)
        wake();
}

void LiveBus::setDelivery(const DeliveryStatus& status)
{
    m_isLedgerNew = m_isLedgerNew || (m_isWatched && m_delivery != status);
    m_delivery = status;
    if (m_isLedgerNew)
        wake();
}

void LiveBus::addProgress(const LiveCall& call)
{
    const TraceRecord& facts = call.facts;
    JsonWriter out;
    out.beginObject();
    TraceJson::writeText(&out, "id", facts.id);
    TraceJson::writeMilliseconds(&out, "elapsedMs", facts.durationUs);
    TraceJson::writeMilliseconds(&out, "firstTokenMs", facts.firstTokenUs);
    TraceJson::writeNumber(&out, "requestBytes", facts.requestBytes);
    TraceJson::writeNumber(&out, "responseBytes", facts.responseBytes);
    if (facts.usage) {
        out.key("tokens");
        TraceJson::writeTokens(&out, summaryOf(facts).tokens);
    }
    TraceJson::writeSwitch(&out, "textShown", call.isTextShown);
    out.key("texts");
    out.beginArray();
    for (const LiveText& text : call.texts)
        writeLiveText(&out, text);
    out.endArray();
    out.endObject();
    addCall("call.progress", facts, membersOf(out));
}

void LiveBus::addCall(const char* type, const TraceRecord& facts, const QByteArray& json)
{
    add({type, json, {facts.id}, facts.provider, facts.model(), facts.attribution.sessionId});
}

void LiveBus::add(LiveEvent event)
{
    m_events.append(std::move(event));
    wake();
}

void LiveBus::wake()
{
    if (!m_tick.isActive())
        m_tick.start(tickMs, this);
}

void LiveBus::timerEvent(QTimerEvent* event)
{
    if (event->timerId() == m_tick.timerId())
        publish();
}

void LiveBus::publish()
{
    const std::chrono::nanoseconds now = m_clock->monotonic();
    QList<LiveEvent> events = std::exchange(m_events, {});
    if (const QList<DeliveryChange> changes = std::exchange(m_changes, {}); !changes.isEmpty()) {
        LiveEvent event{"delivery", deliveryMember(changes), {}, {}, {}, {}};
        for (const DeliveryChange& change : changes)
            event.calls.append(change.id);
        events.append(event);
    }
    if (m_isLedgerNew && (m_ledgerSentAt.count() == 0 || now - m_ledgerSentAt >= ledgerPeriod)) {
        m_isLedgerNew = false;
        m_ledgerSentAt = now;
        events.append({"ledger",
            "\"telemetry\":" + telemetryJson(m_ledger, m_delivery, m_clock->wall().count()), {}, {}, {}, {}});
    }
    if (!m_isLedgerNew)
        m_tick.stop();
    if (!events.isEmpty())
        Q_EMIT published(events);
}
