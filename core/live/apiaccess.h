// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// API access: who may ask `/api`. Traces hold conversations, so a web page that somebody reads, another
// machine, and a consumer who only has the key of the proxy stay outside. Pure; engine thread.
//
//   Host               localhost, 127.0.0.0/8, [::1] or one of ADMIN_HOSTS, else 403 (DNS rebinding)
//   Origin             absent or the Host's own, else 403; also `null`
//   Sec-Fetch-Site     absent, same-origin or none, else 403 (a page that sends no Origin)
//   peer               on the loopback and not through another proxy, or with ADMIN_TOKEN, else 401 or 403
//
// A wrong token is refused on the loopback too.

#include "base/messagehead.h"
#include "base/secret.h"
#include "live/apianswer.h"

#include <optional>

struct AccessRefusal
{
    int status = 403; // or 401
    QByteArray code; // host_not_allowed, origin_not_allowed, not_local, token_required, invalid_token
    QByteArray message;

    [[nodiscard]] ApiAnswer answer() const;
};

struct AccessRules
{
    Secret token; // ADMIN_TOKEN; empty: only this machine may ask
    QList<QByteArray> hosts; // ADMIN_HOSTS, lower case, without ports
};

/// Why the request may not ask; nothing when it may. `isFromLoopback`: the connection came over it.
[[nodiscard]] std::optional<AccessRefusal> accessRefusal(
    const RequestHead& head, bool isFromLoopback, const AccessRules& rules);
