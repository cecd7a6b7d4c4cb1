// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/credentials.h"
#include "proxy/provider.h"

namespace {

bool isGemini(const RequestHead& head)
{
    const QByteArray path = head.path();
    return path.startsWith("/v1beta/") || path.startsWith("/v1alpha/") || path.startsWith("/upload/v1beta/")
        || (path.startsWith("/v1/") && head.headers.contains("x-goog-api-key"));
}

void prepareGemini(RequestHead* head, const Config& config)
{
    HeaderList& headers = head->headers;
    if (!config.geminiApiKey.isEmpty()) {
        Credentials::replaceHeaders(&headers, {"x-goog-api-key", "x-api-key", "authorization"},
            "x-goog-api-key", config.geminiApiKey.reveal());
        Credentials::removeQueryParameter(head, "key");
        return;
    }
    if (headers.contains("x-goog-api-key") || !Credentials::queryValues(*head, "key").isEmpty())
        return;
    if (headers.contains("x-api-key")) {
        Credentials::replaceHeaders(&headers, {"x-api-key"}, "x-goog-api-key", headers.value("x-api-key"));
        return;
    }
    // An OAuth access token works only as a bearer token.
    const std::optional<QByteArray> token = Credentials::bearerToken(*head);
    if (token && !token->startsWith("ya29."))
        Credentials::replaceHeaders(&headers, {"authorization"}, "x-goog-api-key", *token);
}

} // namespace

const Provider& geminiProvider()
{
    static const Provider provider{
        .id = "gemini",
        .baseUrl = &Config::geminiBaseUrl,
        .apiKey = &Config::geminiApiKey,
        .matches = isGemini,
        .gateHeaders = {"x-api-key", "x-goog-api-key"},
        .isGateInQuery = true,
        .prepare = prepareGemini,
        .healthPath = "/v1beta/models",
        .isProbedWithoutKey = false,
    };
    return provider;
}
