// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settings.h"

#include "config/settingkinds.h"

namespace {

using namespace SettingKinds;

IngestionMode ingestionMode(const QByteArray& text)
{
    if (text == "otlp")
        return IngestionMode::Otlp;
    return text == "legacy" ? IngestionMode::Legacy : IngestionMode::Auto;
}

Logging::Level level(const QByteArray& text)
{
    if (text == "debug")
        return Logging::Level::Debug;
    if (text == "warn")
        return Logging::Level::Warn;
    if (text == "error")
        return Logging::Level::Error;
    return text == "silent" ? Logging::Level::Silent : Logging::Level::Info;
}

QList<Setting> listenSettings()
{
    return {
        {"NODE_ENV", {}, SettingKind::Choice, "development", {"development", "production"},
            "Log format: readable lines in development, one JSON object a line in production.",
            [](Config* c, const QByteArray& t) {
                c->logFormat = t == "production" ? Logging::Format::Json : Logging::Format::Text;
            }},
        {"LOG_LEVEL", {}, SettingKind::Choice, "info", {"debug", "info", "warn", "error", "silent"},
            "The least severe log line that is written.",
            [](Config* c, const QByteArray& t) { c->logLevel = level(t); }},
        {"HOST", {}, SettingKind::Host, "127.0.0.1", {},
            "Address to listen on; `0.0.0.0` or `::` for every interface, `localhost` for both loopbacks.",
            [](Config* c, const QByteArray& t) { c->host = QString::fromUtf8(t); }},
        {"PORT", {}, SettingKind::Port, "3000", {},
            "Port to listen on; when it is taken the next nine are tried (not with --strict-port).",
            [](Config* c, const QByteArray& t) { c->port = t.toUShort(); }},
        {"PROXY_API_KEY", {}, SettingKind::Secret, "", {},
            "When set, every proxied request must carry this key; it is never forwarded.",
            [](Config* c, const QByteArray& t) { c->proxyApiKey = Secret(t); }},
        {"ADMIN_TOKEN", {}, SettingKind::Secret, "", {},
            "Opens `/api` to other machines, as `Authorization: Bearer`; without it only this machine may "
            "ask.",
            [](Config* c, const QByteArray& t) { c->adminToken = Secret(t); }},
        {"ADMIN_HOSTS", {}, SettingKind::Hosts, "", {},
            "Names by which `/api` is reached besides `localhost` and loopback addresses, a comma list.",
            [](Config* c, const QByteArray& t) { c->adminHosts = words(t.toLower()); }},
    };
}

QList<Setting> upstreamSettings()
{
    return {
        {"UPSTREAM_BASE_URL", {}, SettingKind::Url, "https://api.openai.com", {},
            "Where OpenAI calls go; a path prefix is put before the request's path.",
            [](Config* c, const QByteArray& t) { c->openaiBaseUrl = url(t); }},
        {"UPSTREAM_API_KEY", {}, SettingKind::Secret, "", {},
            "Replaces the consumer's OpenAI credential (`Authorization: Bearer`).",
            [](Config* c, const QByteArray& t) { c->openaiApiKey = Secret(t); }},
        {"ANTHROPIC_BASE_URL", {}, SettingKind::Url, "https://api.anthropic.com", {},
            "Where Anthropic calls go.",
            [](Config* c, const QByteArray& t) { c->anthropicBaseUrl = url(t); }},
        {"ANTHROPIC_API_KEY", {}, SettingKind::Secret, "", {},
            "Replaces the consumer's Anthropic credential (`x-api-key`).",
            [](Config* c, const QByteArray& t) { c->anthropicApiKey = Secret(t); }},
        {"ANTHROPIC_VERSION", {}, SettingKind::Text, "2023-06-01", {},
            "`anthropic-version` for Anthropic calls that carry none.",
            [](Config* c, const QByteArray& t) { c->anthropicVersion = t; }},
        {"GEMINI_BASE_URL", {}, SettingKind::Url, "https://generativelanguage.googleapis.com", {},
            "Where Gemini calls go.", [](Config* c, const QByteArray& t) { c->geminiBaseUrl = url(t); }},
        {"GEMINI_API_KEY", {}, SettingKind::Secret, "", {},
            "Replaces the consumer's Gemini credential (`x-goog-api-key`).",
            [](Config* c, const QByteArray& t) { c->geminiApiKey = Secret(t); }},
        {"UPSTREAM_HTTP2", {}, SettingKind::Switch, "off", {},
            "Use HTTP/2 to https upstreams (Qt's own engine: header order and case are then not kept).",
            [](Config* c, const QByteArray& t) { c->upstreamHttp2 = isOn(t); }},
    };
}

QList<Setting> limitSettings()
{
    return {
        {"PROXY_TIMEOUT_MS", {}, SettingKind::Milliseconds, "300000", {},
            "How long an upstream may take to send its response headers, and may stay silent after that.",
            [](Config* c, const QByteArray& t) { c->proxyTimeout = milliseconds(t); }},
        {"HEADER_TIMEOUT_MS", {}, SettingKind::Milliseconds, "30000", {},
            "How long a consumer may take to send a request's headers.",
            [](Config* c, const QByteArray& t) { c->headerTimeout = milliseconds(t); }},
        {"IDLE_TIMEOUT_MS", {}, SettingKind::Milliseconds, "120000", {},
            "How long a consumer's connection may idle between requests, or stall in a request body.",
            [](Config* c, const QByteArray& t) { c->idleTimeout = milliseconds(t); }},
        {"SHUTDOWN_TIMEOUT_MS", {}, SettingKind::Milliseconds, "30000", {},
            "How long running responses may go on after SIGTERM.",
            [](Config* c, const QByteArray& t) { c->shutdownTimeout = milliseconds(t); }},
        {"MAX_BODY_BYTES", {}, SettingKind::Bytes, "256M", {},
            "The largest request body that is accepted; beyond: 413.",
            [](Config* c, const QByteArray& t) { c->maxBodyBytes = *parseBytes(t); }},
    };
}

QList<Setting> storeSettings()
{
    return {
        {"STORE_PATH", {}, SettingKind::Text, "", {},
            "The trace database; empty: `langfuse-proxy/traces.db` in the state directory; `:memory:` keeps "
            "nothing on disk.",
            [](Config* c, const QByteArray& t) { c->storePath = QString::fromUtf8(t); }},
        {"STORE_MAX_BYTES", {}, SettingKind::Bytes, "1G", {},
            "How large the trace database may grow; then its oldest traces are deleted, delivered ones "
            "first.",
            [](Config* c, const QByteArray& t) { c->storeMaxBytes = *parseBytes(t); }},
        {"STORE_MAX_AGE", {}, SettingKind::Duration, "7d", {},
            "How long a trace is kept after its call; one that is not delivered yet is kept longer.",
            [](Config* c, const QByteArray& t) { c->storeMaxAge = *parseDuration(t); }},
        {"TELEMETRY_MAX_BODY_BYTES", {}, SettingKind::Bytes, "1048576", {},
            "How much text of a request or response a trace keeps; usage is read from all of it.",
            [](Config* c, const QByteArray& t) { c->telemetryMaxBodyBytes = qsizetype(*parseBytes(t)); }},
    };
}

QList<Setting> langfuseSettings()
{
    return {
        {"LANGFUSE_BASE_URL", {"LANGFUSE_HOST", "LANGFUSE_BASEURL"}, SettingKind::Url,
            "https://cloud.langfuse.com", {}, "The Langfuse server.",
            [](Config* c, const QByteArray& t) { c->langfuseBaseUrl = url(t); }},
        {"LANGFUSE_PUBLIC_KEY", {}, SettingKind::Text, "", {},
            "Langfuse project key, public part; without both parts traces stay in the local store.",
            [](Config* c, const QByteArray& t) { c->langfusePublicKey = t; }},
        {"LANGFUSE_SECRET_KEY", {}, SettingKind::Secret, "", {}, "Langfuse project key, secret part.",
            [](Config* c, const QByteArray& t) { c->langfuseSecretKey = Secret(t); }},
        {"LANGFUSE_TRACING_ENABLED", {}, SettingKind::Switch, "on", {},
            "Deliver traces to Langfuse; off: they stay in the local store.",
            [](Config* c, const QByteArray& t) { c->langfuseTracingEnabled = isOn(t); }},
        {"LANGFUSE_TRACING_ENVIRONMENT", {}, SettingKind::Environment, "", {},
            "Langfuse environment of every trace, e.g. `staging`.",
            [](Config* c, const QByteArray& t) { c->langfuseEnvironment = t; }},
        {"LANGFUSE_RELEASE", {}, SettingKind::Text, "", {}, "Release that every trace is marked with.",
            [](Config* c, const QByteArray& t) { c->langfuseRelease = t; }},
        {"LANGFUSE_SAMPLE_RATE", {}, SettingKind::Fraction, "1", {},
            "Share of traces (0 to 1) that is delivered, chosen by trace id; failed calls always are. The "
            "others "
            "stay in the local store.",
            [](Config* c, const QByteArray& t) { c->langfuseSampleRate = parseFraction(t).value_or(1); }},
        {"LANGFUSE_FLUSH_AT", {}, SettingKind::Count, "256", {},
            "Traces in one batch at most; so many are sent without waiting for LANGFUSE_FLUSH_INTERVAL.",
            [](Config* c, const QByteArray& t) { c->langfuseFlushAt = t.toLongLong(); }},
        {"LANGFUSE_FLUSH_INTERVAL", {}, SettingKind::Seconds, "0.25", {},
            "Seconds that a trace waits at most for others to share its batch.",
            [](Config* c, const QByteArray& t) { c->langfuseFlushInterval = seconds(t); }},
        {"LANGFUSE_TIMEOUT", {}, SettingKind::Seconds, "20", {},
            "Seconds that Langfuse may take to answer a request.",
            [](Config* c, const QByteArray& t) { c->langfuseTimeout = seconds(t); }},
        {"LANGFUSE_INGESTION", {}, SettingKind::Choice, "auto", {"auto", "otlp", "legacy"},
            "The way into Langfuse: OTLP, or `/api/public/ingestion` for servers older than 3.59; auto asks "
            "the "
            "server.",
            [](Config* c, const QByteArray& t) { c->langfuseIngestion = ingestionMode(t); }},
        {"LANGFUSE_MEDIA_UPLOAD_ENABLED", {}, SettingKind::Switch, "on", {},
            "Upload images, audio and documents to Langfuse's media store; off: traces only say what was "
            "there.",
            [](Config* c, const QByteArray& t) { c->langfuseMediaUploadEnabled = isOn(t); }},
    };
}

QList<Setting> contentSettings()
{
    return {
        {"TELEMETRY_CONTENT", {}, SettingKind::Choice, "full", {"full", "metadata"},
            "What traces keep: everything, or no content at all (model, usage, roles, tool names, times and "
            "sizes "
            "only).",
            [](Config* c, const QByteArray& t) { c->keepsContent = t == "full"; }},
        {"REDACT", {}, SettingKind::Words, "", {"email", "phone", "card", "ip", "national-id", "api-key"},
            "What is replaced in traces before they are stored or sent, a comma list; see Redaction.",
            [](Config* c, const QByteArray& t) { c->redactDetectors = words(t); }},
        {"REDACT_PATTERNS", {}, SettingKind::Text, "", {},
            "Regular expressions (PCRE2) of what is replaced too, with spaces between; a space in one is "
            "`\\s`.",
            [](Config* c, const QByteArray& t) { c->redactPatterns = t; }},
        {"REDACT_JSON_PATHS", {}, SettingKind::Text, "", {},
            "Values in JSON that are replaced too, a list of paths like `metadata.email` or `$..password`.",
            [](Config* c, const QByteArray& t) { c->redactJsonPaths = t; }},
        {"PRICES_FILE", {}, SettingKind::Text, "", {},
            "A JSON file of prices that come before the built-in ones, in the form of "
            "`resources/prices.json`.",
            [](Config* c, const QByteArray& t) { c->pricesFile = QString::fromUtf8(t); }},
    };
}

QList<Setting> in(SettingGroup group, QList<Setting> settings)
{
    for (Setting& setting : settings)
        setting.group = group;
    return settings;
}

} // namespace

const QList<Setting>& settingsTable()
{
    static const QList<Setting> table = in(SettingGroup::Proxy, listenSettings())
        + in(SettingGroup::Upstream, upstreamSettings()) + in(SettingGroup::Limits, limitSettings())
        + in(SettingGroup::Store, storeSettings()) + in(SettingGroup::Langfuse, langfuseSettings())
        + in(SettingGroup::Content, contentSettings());
    return table;
}

QByteArray flagName(const Setting& setting)
{
    if (setting.kind == SettingKind::Secret)
        return {};
    return "--" + setting.key.toLower().replace('_', '-');
}
