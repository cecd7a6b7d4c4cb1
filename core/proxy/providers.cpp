// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/provider.h"

#include "trace/redactor.h"

const QList<const Provider*>& allProviders()
{
    static const QList<const Provider*> providers{&anthropicProvider(), &geminiProvider(), &openaiProvider()};
    return providers;
}

const Provider* providerFor(const RequestHead& head)
{
    for (const Provider* provider : allProviders()) {
        if (provider->matches(head))
            return provider;
    }
    return nullptr;
}

QList<Secret> callCredentials(const RequestHead& head, const Config& config, const Provider* provider)
{
    QList<Secret> credentials = Redactor::credentialsIn(head.headers, head.target);
    if (!config.proxyApiKey.isEmpty())
        credentials.append(config.proxyApiKey);
    if (provider && !(config.*(provider->apiKey)).isEmpty())
        credentials.append(config.*(provider->apiKey));
    return credentials;
}
