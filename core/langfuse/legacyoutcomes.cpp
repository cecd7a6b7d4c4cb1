// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/legacyoutcomes.h"

#include "langfuse/legacyevents.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

LegacyOutcome outcomeOf(const QJsonObject& entry, bool isSuccess)
{
    constexpr qsizetype maxMessageBytes = 300;
    LegacyOutcome outcome;
    outcome.status = entry[QLatin1String("status")].toInt();
    if (isSuccess) {
        outcome.kind = LegacyOutcome::Kind::Accepted;
        return outcome;
    }
    // 401 and 403 are about the keys, 429 and 5xx about the server.
    const int status = outcome.status;
    outcome.kind = status == 400 || status == 404 || status == 413 || status == 422
        ? LegacyOutcome::Kind::Refused
        : LegacyOutcome::Kind::Undecided;
    outcome.message = entry[QLatin1String("message")].toString().left(maxMessageBytes).simplified().toUtf8();
    return outcome;
}

// A trace is there when both its events are; a refusal of one is final for both.
LegacyOutcome together(const LegacyOutcome& a, const LegacyOutcome& b)
{
    for (const LegacyOutcome::Kind kind : {LegacyOutcome::Kind::Refused, LegacyOutcome::Kind::Undecided}) {
        if (a.kind == kind)
            return a;
        if (b.kind == kind)
            return b;
    }
    return a;
}

} // namespace

LegacyOutcomes LegacyOutcomes::of(const QByteArray& body, const QList<QByteArray>& spanIds)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    const QJsonValue successes = document[QLatin1String("successes")];
    const QJsonValue errors = document[QLatin1String("errors")];
    LegacyOutcomes outcomes;
    outcomes.isUnderstood = successes.isArray() && errors.isArray();
    if (!outcomes.isUnderstood)
        return outcomes;
    QHash<QByteArray, LegacyOutcome> byEvent;
    outcomes.isClosed = successes.toArray().isEmpty() && !errors.toArray().isEmpty();
    for (const QJsonValue entry : successes.toArray())
        byEvent.insert(entry[QLatin1String("id")].toString().toUtf8(), outcomeOf(entry.toObject(), true));
    for (const QJsonValue entry : errors.toArray()) {
        const LegacyOutcome outcome = outcomeOf(entry.toObject(), false);
        byEvent.insert(entry[QLatin1String("id")].toString().toUtf8(), outcome);
        outcomes.isClosed = outcomes.isClosed && outcome.message.contains("Event type not accepted");
    }
    for (const QByteArray& spanId : spanIds)
        outcomes.traces.append(together(byEvent.value(LegacyEvents::traceEventId(spanId)),
            byEvent.value(LegacyEvents::observationEventId(spanId))));
    return outcomes;
}
