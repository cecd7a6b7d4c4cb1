// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/routechooser.h"

#include <QJsonDocument>
#include <QVersionNumber>

namespace {

std::optional<IngestionRoute> fixedRoute(IngestionMode mode)
{
    switch (mode) {
    case IngestionMode::Otlp:
        return IngestionRoute::Otlp;
    case IngestionMode::Legacy:
        return IngestionRoute::Legacy;
    case IngestionMode::Auto:
        break;
    }
    return {};
}

// OTLP is there since 3.22, but reads `langfuse.*` attributes only since 3.59.0 (langfuse.md 0).
bool isTooOldForOtlp(const QVersionNumber& version)
{
    return version < QVersionNumber(3, 59, 0);
}

} // namespace

RouteChooser::RouteChooser(IngestionMode mode)
    : m_mode(mode)
    , m_route(fixedRoute(mode))
{
}

bool RouteChooser::takeHealth(const DeliveryAnswer& health)
{
    const int status = health.status;
    if (status == 0 || status == 408 || status == 429 || status >= 500)
        return false;
    QString text = QJsonDocument::fromJson(health.body)[QLatin1String("version")].toString();
    if (text.startsWith(QLatin1Char('v')))
        text.remove(0, 1);
    const QVersionNumber version = QVersionNumber::fromString(text);
    const bool isOld = status < 300 && !version.isNull() && isTooOldForOtlp(version);
    m_route = isOld ? IngestionRoute::Legacy : IngestionRoute::Otlp;
    return true;
}

bool RouteChooser::giveUpRoute()
{
    if (m_mode != IngestionMode::Auto)
        return false;
    if (m_hasTriedOther) {
        m_hasTriedOther = false;
        m_route.reset();
        return false;
    }
    m_hasTriedOther = true;
    m_route = m_route == IngestionRoute::Otlp ? IngestionRoute::Legacy : IngestionRoute::Otlp;
    return true;
}
