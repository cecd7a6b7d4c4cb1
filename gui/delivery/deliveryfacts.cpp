// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/deliveryfacts.h"

#include <QDateTime>
#include <QJsonObject>

namespace {

qint64 ledgerMoment(const QJsonObject& object, QLatin1String key)
{
    const QDateTime time = QDateTime::fromString(object.value(key).toString(), Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() * 1000 : 0;
}

void addReasons(
    QList<LedgerReason>* reasons, LedgerReason::Kind kind, const QJsonObject& telemetry, QLatin1String key)
{
    const QJsonObject counts = telemetry.value(key).toObject();
    for (auto count = counts.begin(); count != counts.end(); ++count) {
        const QJsonObject one = count->toObject();
        reasons->append({kind, count.key(),
            {one.value(QLatin1String("traces")).toInteger(), one.value(QLatin1String("bytes")).toInteger()}});
    }
}

} // namespace

bool DeliveryFacts::addsUp() const
{
    LedgerCount sum;
    for (const LedgerCount& part : {delivered, pending, delivering, rejected, dropped, disabled}) {
        sum.traces += part.traces;
        sum.bytes += part.bytes;
    }
    return sum == captured;
}

DeliveryFacts DeliveryFacts::fromJson(const QJsonObject& telemetry)
{
    const QJsonObject bytes = telemetry.value(QLatin1String("bytes")).toObject();
    const auto count = [&](QLatin1String key) {
        return LedgerCount{telemetry.value(key).toInteger(), bytes.value(key).toInteger()};
    };
    DeliveryFacts facts;
    facts.isKnown = telemetry.contains(QLatin1String("captured"));
    facts.captured = count(QLatin1String("captured"));
    facts.delivered = count(QLatin1String("delivered"));
    facts.pending = count(QLatin1String("pending"));
    facts.delivering = count(QLatin1String("delivering"));
    facts.rejected = count(QLatin1String("rejected"));
    facts.dropped = count(QLatin1String("dropped"));
    facts.disabled = count(QLatin1String("disabled"));
    addReasons(&facts.reasons, LedgerReason::Kind::Rejected, telemetry, QLatin1String("rejectedBy"));
    addReasons(&facts.reasons, LedgerReason::Kind::Dropped, telemetry, QLatin1String("droppedBy"));
    addReasons(&facts.reasons, LedgerReason::Kind::Evicted, telemetry, QLatin1String("evictedBy"));
    facts.isEnabled = telemetry.value(QLatin1String("delivery")).toString() == QLatin1String("enabled");
    facts.lastError = telemetry.value(QLatin1String("lastError")).toString();
    facts.lastSuccessUs = ledgerMoment(telemetry, QLatin1String("lastSuccessAt"));
    facts.failures = telemetry.value(QLatin1String("failures")).toInt();
    facts.nextAttemptUs = ledgerMoment(telemetry, QLatin1String("nextAttemptAt"));
    facts.oldestPendingAgeMs = telemetry.value(QLatin1String("oldestPendingAgeMs")).toInteger(-1);
    facts.projectUrl = telemetry.value(QLatin1String("projectUrl")).toString();
    return facts;
}
