// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/credentials.h"
#include "proxy/provider.h"

namespace {

bool isAnthropic(const RequestHead& head)
{
    const QByteArray path = head.path();
    return path == "/v1/messages" || path.startsWith("/v1/messages/")
        || (path.startsWith("/v1/") && head.headers.contains("anthropic-version"));
}

void prepareAnthropic(RequestHead* head, const Config& config)
{
    HeaderList& headers = head->headers;
    if (!config.anthropicApiKey.isEmpty()) {
        Credentials::replaceHeaders(
            &headers, {"x-api-key", "authorization"}, "x-api-key", config.anthropicApiKey.reveal());
    } else if (!headers.contains("x-api-key")) {
        // A subscription's OAuth token works only as a bearer token; a plain key only as x-api-key.
        const std::optional<QByteArray> token = Credentials::bearerToken(*head);
        if (token && !token->startsWith("sk-ant-oat"))
            Credentials::replaceHeaders(&headers, {"authorization"}, "x-api-key", *token);
    }
    if (!headers.contains("anthropic-version"))
        headers.append("anthropic-version", config.anthropicVersion);
}

} // namespace

const Provider& anthropicProvider()
{
    static const Provider provider{
        .id = "anthropic",
        .baseUrl = &Config::anthropicBaseUrl,
        .apiKey = &Config::anthropicApiKey,
        .matches = isAnthropic,
        .gateHeaders = {"x-api-key"},
        .isGateInQuery = false,
        .prepare = prepareAnthropic,
        .healthPath = "/v1/messages",
        .isProbedWithoutKey = false,
    };
    return provider;
}
