// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// authGate: PROXY_API_KEY at the door. Pure.

#include "proxy/provider.h"

/// True when the request may pass: no PROXY_API_KEY is set, or the request carries it where that provider
/// allows
/// (`Authorization: Bearer`, `X-Proxy-Api-Key`, and the provider's gate headers and query). Every candidate
/// is compared in constant time. What matched is taken out of the head, so that it cannot be forwarded; a
/// consumer's own provider key beside it stays.
[[nodiscard]] bool passAuthGate(RequestHead* head, const Provider& provider, const Secret& proxyApiKey);
