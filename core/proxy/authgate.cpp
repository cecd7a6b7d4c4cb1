// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/authgate.h"

#include "proxy/credentials.h"

#include <algorithm>

namespace {

bool isGateCredential(const Header& header, const Provider& provider, const Secret& key)
{
    if (isSameHeaderName(header.name, "authorization")) {
        const std::optional<QByteArray> token = Credentials::bearerToken(header.value);
        return token && key.matches(*token);
    }
    const bool isGateHeader = isSameHeaderName(header.name, "x-proxy-api-key")
        || std::any_of(provider.gateHeaders.begin(), provider.gateHeaders.end(),
            [&](const QByteArray& name) { return isSameHeaderName(header.name, name); });
    return isGateHeader && key.matches(header.value);
}

} // namespace

bool passAuthGate(RequestHead* head, const Provider& provider, const Secret& proxyApiKey)
{
    if (proxyApiKey.isEmpty())
        return true;
    bool isMatched = head->headers.removeIf([&](const Header& header) {
        return isGateCredential(header, provider, proxyApiKey);
    }) > 0;
    if (provider.isGateInQuery) {
        Credentials::removeQueryParameters(head, "key", [&](const QByteArray& value) {
            const bool isKey = proxyApiKey.matches(value);
            isMatched = isMatched || isKey;
            return isKey;
        });
    }
    return isMatched;
}
