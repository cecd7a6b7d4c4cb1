// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/credentials.h"
#include "proxy/provider.h"

namespace {

bool matches(const RequestHead& head)
{
    return head.path().startsWith("/v1/");
}

void prepare(RequestHead* head, const Config& config)
{
    if (!config.openaiApiKey.isEmpty()) {
        Credentials::replaceHeaders(
            &head->headers, {"authorization"}, "Authorization", "Bearer " + config.openaiApiKey.reveal());
    }
}

} // namespace

const Provider& openaiProvider()
{
    static const Provider provider{
        .id = "openai",
        .baseUrl = &Config::openaiBaseUrl,
        .apiKey = &Config::openaiApiKey,
        .matches = matches,
        .gateHeaders = {},
        .isGateInQuery = false,
        .prepare = prepare,
        .healthPath = "/v1/models",
        .isProbedWithoutKey = true,
    };
    return provider;
}
