// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/credentials.h"
#include "proxy/provider.h"

namespace {

constexpr char azurePrefix[] = "/openai/"; // of Azure OpenAI; Groq has /openai/v1/

bool isOpenAi(const RequestHead& head)
{
    return head.path().startsWith("/v1/") || head.path().startsWith(azurePrefix);
}

void prepareOpenAi(RequestHead* head, const Config& config)
{
    if (config.openaiApiKey.isEmpty())
        return;
    const QByteArray key = config.openaiApiKey.reveal();
    // Azure takes a key as a bearer token only below /openai/v1/.
    const bool isAzureKey = head->path().startsWith(azurePrefix) && !head->path().startsWith("/openai/v1/");
    if (isAzureKey)
        Credentials::replaceHeaders(&head->headers, {"api-key", "authorization"}, "api-key", key);
    else
        Credentials::replaceHeaders(
            &head->headers, {"authorization", "api-key"}, "Authorization", "Bearer " + key);
}

} // namespace

const Provider& openaiProvider()
{
    static const Provider provider{
        .id = "openai",
        .baseUrl = &Config::openaiBaseUrl,
        .apiKey = &Config::openaiApiKey,
        .matches = isOpenAi,
        .gateHeaders = {"api-key"},
        .isGateInQuery = false,
        .prepare = prepareOpenAi,
        .healthPath = "/v1/models",
        .isProbedWithoutKey = true,
    };
    return provider;
}
