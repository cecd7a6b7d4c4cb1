// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/healthjson.h"

#include "base/version.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

QLatin1String nameOf(UpstreamHealth health)
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

QJsonObject telemetryObject(const StoreCounts& counts, const DeliveryStatus& delivery, qint64 nowUs)
{
    const bool hasPending = counts.oldestPendingStartedAtUs > 0;
    const qint64 ageMs = std::max<qint64>(0, nowUs - counts.oldestPendingStartedAtUs) / 1000;
    return {
        {QStringLiteral("captured"), counts.captured},
        {QStringLiteral("pending"), counts.pending},
        {QStringLiteral("delivered"), counts.delivered},
        {QStringLiteral("rejected"), counts.rejected},
        {QStringLiteral("disabled"), counts.disabled},
        {QStringLiteral("dropped"), counts.dropped},
        {QStringLiteral("oldestPendingAgeMs"), hasPending ? QJsonValue(ageMs) : QJsonValue()},
        {QStringLiteral("lastError"),
            delivery.lastError.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(delivery.lastError))},
        {QStringLiteral("delivery"),
            delivery.isEnabled ? QStringLiteral("enabled") : QStringLiteral("not_configured")},
    };
}

} // namespace

QByteArray healthJson(
    const UpstreamHealths& upstreams, const StoreCounts& counts, const DeliveryStatus& delivery, qint64 nowUs)
{
    QJsonObject upstreamObject;
    for (auto it = upstreams.begin(); it != upstreams.end(); ++it)
        upstreamObject.insert(QString::fromLatin1(it.key()), nameOf(it.value()));
    const bool isDegraded = std::any_of(upstreams.begin(), upstreams.end(),
        [](UpstreamHealth health) { return health == UpstreamHealth::Unreachable; });
    const QJsonObject object{
        {QStringLiteral("name"), QStringLiteral("langfuse-proxy")},
        {QStringLiteral("version"), QLatin1String(versionText)},
        {QStringLiteral("status"), isDegraded ? QStringLiteral("degraded") : QStringLiteral("ok")},
        {QStringLiteral("upstream"), upstreamObject},
        {QStringLiteral("telemetry"), telemetryObject(counts, delivery, nowUs)},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}
