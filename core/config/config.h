// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Config: every setting with its parsed value. A value, made once at start by loadConfig() and read on every
// thread. The names, defaults and meanings are in settings.cpp, the one table.

#include "base/logging.h"
#include "base/secret.h"

#include <QList>
#include <QString>
#include <QUrl>

#include <chrono>

/// The way into Langfuse (LANGFUSE_INGESTION). Auto asks the server's version.
enum class IngestionMode { Auto, Otlp, Legacy };

struct Config
{
    Logging::Format logFormat = Logging::Format::Text;
    Logging::Level logLevel = Logging::Level::Info;
    QString host;
    quint16 port = 0;

    QUrl openaiBaseUrl; // http or https, no query, may carry a path prefix; the same for the other URLs
    Secret openaiApiKey;
    QUrl anthropicBaseUrl;
    Secret anthropicApiKey;
    QByteArray anthropicVersion;
    QUrl geminiBaseUrl;
    Secret geminiApiKey;

    Secret proxyApiKey;
    Secret adminToken;
    QList<QByteArray> adminHosts; // lower case, without ports
    std::chrono::milliseconds proxyTimeout{};
    std::chrono::milliseconds headerTimeout{};
    std::chrono::milliseconds idleTimeout{};
    std::chrono::milliseconds shutdownTimeout{};
    qint64 maxBodyBytes = 0;
    bool upstreamHttp2 = false;

    QString storePath; // a file, or ":memory:"
    qint64 storeMaxBytes = 0;
    std::chrono::milliseconds storeMaxAge{};
    qsizetype telemetryMaxBodyBytes = 0;
    bool keepsContent = true; // TELEMETRY_CONTENT
    QList<QByteArray> redactDetectors;
    QByteArray redactPatterns; // these two are read by trace/redactionrules.h
    QByteArray redactJsonPaths;
    QString pricesFile; // empty: only the built-in prices

    QUrl langfuseBaseUrl;
    QByteArray langfusePublicKey;
    Secret langfuseSecretKey;
    QByteArray langfuseEnvironment;
    QByteArray langfuseRelease;
    bool langfuseTracingEnabled = true;
    IngestionMode langfuseIngestion = IngestionMode::Auto;
    double langfuseSampleRate = 1; // 0..1, the share of traces that is delivered
    qsizetype langfuseFlushAt = 256; // traces in one batch, at most
    std::chrono::milliseconds langfuseFlushInterval{250}; // a trace waits at most that long for company
    std::chrono::milliseconds langfuseTimeout{20000}; // of one request to Langfuse
    bool langfuseMediaUploadEnabled = true;

    /// Providers whose consumers spend an account of ours.
    [[nodiscard]] QList<QByteArray> overriddenAccounts() const
    {
        QList<QByteArray> accounts;
        if (!openaiApiKey.isEmpty())
            accounts.append("OpenAI");
        if (!anthropicApiKey.isEmpty())
            accounts.append("Anthropic");
        if (!geminiApiKey.isEmpty())
            accounts.append("Gemini");
        return accounts;
    }

    [[nodiscard]] bool isDeliveryEnabled() const
    {
        return langfuseTracingEnabled && !langfusePublicKey.isEmpty() && !langfuseSecretKey.isEmpty();
    }
};
