// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/healthjson.h"

#include "base/version.h"
#include "langfuse/isotime.h"
#include "live/apianswer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

QLatin1String healthName(UpstreamHealth health)
{
    switch (health) {
    case UpstreamHealth::Ok:
        return QLatin1String("ok");
    case UpstreamHealth::Unreachable:
        return QLatin1String("unreachable");
    case UpstreamHealth::NotConfigured:
        break;
    }
    return QLatin1String("not_configured");
}

/// captured = pending + delivering + delivered + rejected + disabled + dropped, in one of the two measures.
QJsonObject sums(const Ledger& ledger, qint64 Tally::*measure)
{
    return {
        {QStringLiteral("captured"), ledger.captured.*measure},
        {QStringLiteral("pending"), ledger.pending.*measure},
        {QStringLiteral("delivering"), ledger.delivering.*measure},
        {QStringLiteral("delivered"), ledger.delivered.*measure},
        {QStringLiteral("rejected"), ledger.rejected().*measure},
        {QStringLiteral("disabled"), ledger.disabled.*measure},
        {QStringLiteral("dropped"), ledger.dropped().*measure},
    };
}

QJsonObject byReason(const TallyByReason& tallies)
{
    QJsonObject object;
    for (auto it = tallies.begin(); it != tallies.end(); ++it) {
        object.insert(QString::fromUtf8(it.key()),
            QJsonObject{
                {QStringLiteral("traces"), it.value().traces}, {QStringLiteral("bytes"), it.value().bytes}});
    }
    return object;
}

QJsonValue moment(qint64 us)
{
    return us > 0 ? QJsonValue(QLatin1String(isoTime(us))) : QJsonValue();
}

QJsonValue textOrNull(const QByteArray& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(text));
}

QJsonObject telemetryObject(const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs)
{
    const bool hasPending = ledger.oldestPendingStartedAtUs > 0;
    const qint64 ageMs = std::max<qint64>(0, nowUs - ledger.oldestPendingStartedAtUs) / 1000;
    QJsonObject object = sums(ledger, &Tally::traces);
    object.insert(QStringLiteral("bytes"), sums(ledger, &Tally::bytes));
    object.insert(QStringLiteral("droppedBy"), byReason(ledger.droppedBy));
    object.insert(QStringLiteral("rejectedBy"), byReason(ledger.rejectedBy));
    object.insert(QStringLiteral("evictedBy"), byReason(ledger.evictedBy));
    object.insert(QStringLiteral("oldestPendingAgeMs"), hasPending ? QJsonValue(ageMs) : QJsonValue());
    object.insert(QStringLiteral("lastError"), textOrNull(delivery.lastError));
    object.insert(QStringLiteral("lastSuccessAt"), moment(delivery.lastSuccessAtUs));
    object.insert(QStringLiteral("failures"), delivery.consecutiveFailures);
    object.insert(QStringLiteral("nextAttemptAt"), moment(delivery.nextAttemptAtUs));
    object.insert(QStringLiteral("projectUrl"), textOrNull(delivery.projectUrl));
    object.insert(QStringLiteral("delivery"),
        delivery.isEnabled ? QStringLiteral("enabled") : QStringLiteral("not_configured"));
    return object;
}

} // namespace

QByteArray healthJson(
    const UpstreamHealths& upstreams, const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs)
{
    QJsonObject upstreamObject;
    for (auto it = upstreams.begin(); it != upstreams.end(); ++it)
        upstreamObject.insert(QString::fromLatin1(it.key()), healthName(it.value()));
    const bool isDegraded = std::any_of(upstreams.begin(), upstreams.end(),
        [](UpstreamHealth health) { return health == UpstreamHealth::Unreachable; });
    const QJsonObject object{
        {QStringLiteral("apiVersion"), apiVersion},
        {QStringLiteral("name"), QStringLiteral("langfuse-proxy")},
        {QStringLiteral("version"), QLatin1String(versionText)},
        {QStringLiteral("status"), isDegraded ? QStringLiteral("degraded") : QStringLiteral("ok")},
        {QStringLiteral("upstream"), upstreamObject},
        {QStringLiteral("telemetry"), telemetryObject(ledger, delivery, nowUs)},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray telemetryJson(const Ledger& ledger, const DeliveryStatus& delivery, qint64 nowUs)
{
    return QJsonDocument(telemetryObject(ledger, delivery, nowUs)).toJson(QJsonDocument::Compact);
}
