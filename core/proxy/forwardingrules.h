// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// forwardingRules: the whole list of what is changed between a consumer's head and the upstream's, and back.
// Pure; each rule has a test. Everything not named here passes with its bytes, order, case and repeats.

#include "proxy/provider.h"

namespace ForwardingRules {

/// The request as the upstream gets it. Removed: hop-by-hop fields (RFC 9110 7.6.1) and what Connection
/// names, Expect (answered by us), `x-langfuse-*`, `x-session-id`, `x-user-id`, `x-proxy-api-key`,
/// `langfuse_*` members of baggage. Changed: Host (the upstream's, in its place), the target (the base URL's
/// path prefix before it), the provider's credentials. Added: `x-request-id` when absent. Framing fields stay
/// where they stand.
[[nodiscard]] RequestHead upstreamRequest(
    RequestHead head, const Provider& provider, const Config& config, const QByteArray& requestId);

/// The response as the consumer gets it. Removed: hop-by-hop fields and what Connection names. Added:
/// `x-request-id`, unless the upstream sent its own.
[[nodiscard]] ResponseHead consumerResponse(ResponseHead head, const QByteArray& requestId);

/// The consumer's X-Request-Id, or a new UUID when there is none.
[[nodiscard]] QByteArray requestIdOf(const RequestHead& head);

/// `host` or `host:port` as the Host field needs it; IPv6 in brackets, the scheme's default port left out.
[[nodiscard]] QByteArray hostField(const QUrl& baseUrl);

/// scheme://host[:port], for traces and logs.
[[nodiscard]] QByteArray originOf(const QUrl& baseUrl);

} // namespace ForwardingRules
