// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/provider.h"

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
