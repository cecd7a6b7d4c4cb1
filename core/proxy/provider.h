// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Provider: the rules of one LLM provider: which requests are its, where they go, and what happens to
// credentials. Pure data and functions; one file a provider (openai.cpp, anthropic.cpp, gemini.cpp) and a
// line in providers.cpp.

#include "base/messagehead.h"
#include "config/config.h"

#include <QList>

struct Provider
{
    QByteArray id; // openai; stands in traces, logs and metrics
    QUrl Config::*baseUrl = nullptr;
    Secret Config::*apiKey = nullptr; // the override, may be empty

    /// True when a request that no earlier provider took belongs here.
    bool (*matches)(const RequestHead& head) = nullptr;

    /// Headers, besides `Authorization: Bearer` and `X-Proxy-Api-Key`, in which PROXY_API_KEY is accepted.
    QList<QByteArray> gateHeaders;
    /// Whether it is accepted as `?key=` too.
    bool isGateInQuery = false;

    /// Rewrites the credentials of a head that passed the gate: the override key where one is set, else the
    /// consumer's own in the form that the provider expects. Adds headers the provider needs and the consumer
    /// left out.
    void (*prepare)(RequestHead* head, const Config& config) = nullptr;

    /// What GET /api/health asks with HEAD: path, and whether it asks at all without an override key.
    QByteArray healthPath;
    bool isProbedWithoutKey = false;
};

[[nodiscard]] const Provider& openaiProvider();
[[nodiscard]] const Provider& anthropicProvider();
[[nodiscard]] const Provider& geminiProvider();

/// In the order in which requests are matched.
[[nodiscard]] const QList<const Provider*>& allProviders();
/// The provider of that request, or null: 404.
[[nodiscard]] const Provider* providerFor(const RequestHead& head);

/// Everything that may not turn up in the call's trace: the consumer's keys and ours. `provider` may be null.
[[nodiscard]] QList<Secret> callCredentials(
    const RequestHead& head, const Config& config, const Provider* provider);
