// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RouteChooser: which way into Langfuse this server knows (LANGFUSE_INGESTION). `auto` asks
// /api/public/health for the version, and tries the other way when the chosen one is not there. Pure; owned
// by the DeliveryLoop, telemetry thread.

#include "config/config.h"
#include "langfuse/deliveryanswer.h"
#include "langfuse/ingestionroute.h"

#include <optional>

class RouteChooser final
{
public:
    explicit RouteChooser(IngestionMode mode);

    /// Nothing: the server is to be asked first.
    [[nodiscard]] std::optional<IngestionRoute> route() const { return m_route; }
    /// What GET /api/public/health has answered. False when that decides nothing: no answer, or trouble.
    [[nodiscard]] bool takeHealth(const DeliveryAnswer& health);
    /// The route has worked.
    void confirm() { m_hasTriedOther = false; }
    /// The route is not there (404), or takes no traces. True: route() is another one, which has not been
    /// tried since the last confirm(). False: an operator is needed.
    [[nodiscard]] bool giveUpRoute();

private:
    IngestionMode m_mode;
    std::optional<IngestionRoute> m_route;
    bool m_hasTriedOther = false;
};
