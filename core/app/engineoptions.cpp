// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engineoptions.h"

HttpLimits httpLimits(const Config& config)
{
    HttpLimits limits;
    limits.maxBodyBytes = config.maxBodyBytes;
    limits.headerTimeout = config.headerTimeout;
    limits.idleTimeout = config.idleTimeout;
    return limits;
}

UpstreamOptions upstreamOptions(const Config& config)
{
    UpstreamOptions options;
    options.http2 = config.upstreamHttp2;
    return options;
}

TraceStore::Options storeOptions(const Config& config)
{
    TraceStore::Options options;
    options.path = config.storePath;
    options.retention = {config.storeMaxBytes, config.storeMaxAge};
    return options;
}

LangfuseOptions langfuseOptions(const Config& config)
{
    LangfuseOptions options;
    options.baseUrl = config.langfuseBaseUrl;
    options.publicKey = config.langfusePublicKey;
    options.secretKey = config.langfuseSecretKey;
    options.environment = config.langfuseEnvironment;
    options.release = config.langfuseRelease;
    options.ingestion = config.langfuseIngestion;
    options.uploadsMedia = config.langfuseMediaUploadEnabled;
    options.requestTimeout = config.langfuseTimeout;
    options.batchDelay = config.langfuseFlushInterval;
    options.maxBatchSpans = config.langfuseFlushAt;
    return options;
}
