// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settings.h"

#include "base/httpsyntax.h"

#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

namespace {

constexpr qint64 maxMilliseconds = 86'400'000;
constexpr qint64 maxDurationSeconds = 3650LL * 86'400;
constexpr qint64 maxBytes = qint64(1) << 40;

std::optional<qint64> parseBytes(QByteArray text)
{
    int shift = 0;
    for (const auto& [unit, unitShift] : {std::pair('K', 10), std::pair('M', 20), std::pair('G', 30)}) {
        if (text.endsWith(unit) || text.endsWith(QByteArray(1, unit).append("iB"))) {
            text.truncate(text.lastIndexOf(unit));
            shift = unitShift;
            break;
        }
    }
    const std::optional<qint64> number = HttpSyntax::parseDecimal(text);
    if (!number || *number < 1 || *number > (maxBytes >> shift))
        return std::nullopt;
    return *number << shift;
}

std::optional<std::chrono::milliseconds> parseDuration(QByteArray text)
{
    static const QHash<char, qint64> seconds{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86'400}};
    const qint64 unit = text.isEmpty() ? 0 : seconds.value(text.back());
    text.chop(1);
    const std::optional<qint64> number = HttpSyntax::parseDecimal(text);
    if (unit == 0 || !number || *number < 1 || *number > maxDurationSeconds / unit)
        return std::nullopt;
    return std::chrono::seconds(*number * unit);
}

bool isOn(const QByteArray& text)
{
    return text == "on" || text == "true" || text == "1";
}

std::chrono::milliseconds milliseconds(const QByteArray& text)
{
    return std::chrono::milliseconds(text.toLongLong());
}

QUrl url(const QByteArray& text)
{
    return QUrl::fromEncoded(text, QUrl::StrictMode);
}

bool isBaseUrl(const QByteArray& text)
{
    const QUrl parsed = url(text);
    return parsed.isValid()
        && (parsed.scheme() == QLatin1String("http") || parsed.scheme() == QLatin1String("https"))
        && !parsed.host().isEmpty() && parsed.port() != 0 && parsed.userInfo().isEmpty() && !parsed.hasQuery()
        && !parsed.hasFragment();
}

bool isIpv4Address(const QByteArray& text)
{
    const QList<QByteArray> parts = text.split('.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](const QByteArray& part) {
        const std::optional<qint64> number = HttpSyntax::parseDecimal(part);
        return number && *number <= 255 && part.size() <= 3;
    });
}

/// QHostAddress belongs to Qt Network, which this layer does without; QUrl knows IPv6 just as well.
bool isIpv6Address(QByteArray text)
{
    if (!text.contains(':') || text.contains('['))
        return false;
    text.replace('%', "%25"); // before a zone, RFC 6874 2
    return QUrl::fromEncoded("http://[" + text + "]/", QUrl::StrictMode).isValid();
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

QList<QByteArray> words(const QByteArray& text)
{
    QList<QByteArray> list;
    for (const QByteArray& word : text.split(',')) {
        if (const QByteArray trimmed = word.trimmed(); !trimmed.isEmpty())
            list.append(trimmed);
    }
    return list;
}

QList<Setting> telemetrySettings()
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
        {"LANGFUSE_BASE_URL", {"LANGFUSE_HOST", "LANGFUSE_BASEURL"}, SettingKind::Url,
            "https://cloud.langfuse.com", {}, "The Langfuse server.",
            [](Config* c, const QByteArray& t) { c->langfuseBaseUrl = url(t); }},
        {"LANGFUSE_PUBLIC_KEY", {}, SettingKind::Text, "", {},
            "Langfuse project key, public part; without both parts traces stay in the local store.",
            [](Config* c, const QByteArray& t) { c->langfusePublicKey = t; }},
        {"LANGFUSE_SECRET_KEY", {}, SettingKind::Secret, "", {}, "Langfuse project key, secret part.",
            [](Config* c, const QByteArray& t) { c->langfuseSecretKey = Secret(t); }},
        {"LANGFUSE_TRACING_ENVIRONMENT", {}, SettingKind::Text, "", {},
            "Langfuse environment of every trace, e.g. `staging`.",
            [](Config* c, const QByteArray& t) { c->langfuseEnvironment = t; }},
        {"LANGFUSE_RELEASE", {}, SettingKind::Text, "", {}, "Release that every trace is marked with.",
            [](Config* c, const QByteArray& t) { c->langfuseRelease = t; }},
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

QByteArray joined(const QList<QByteArray>& list)
{
    QByteArray text = list.mid(0, list.size() - 1).join(", ");
    return text.isEmpty() ? list.value(0) : text + " or " + list.last();
}

} // namespace

const QList<Setting>& settingsTable()
{
    static const QList<Setting> table
        = listenSettings() + upstreamSettings() + limitSettings() + telemetrySettings() + contentSettings();
    return table;
}

QByteArray flagName(const Setting& setting)
{
    if (setting.kind == SettingKind::Secret)
        return {};
    return "--" + setting.key.toLower().replace('_', '-');
}

QByteArray allowedValues(const Setting& setting)
{
    switch (setting.kind) {
    case SettingKind::Text:
    case SettingKind::Secret:
        return "printable text";
    case SettingKind::Host:
        return "localhost or an IP address";
    case SettingKind::Port:
        return "a number from 0 to 65535";
    case SettingKind::Milliseconds:
        return "a number of milliseconds from 1 to " + QByteArray::number(maxMilliseconds);
    case SettingKind::Duration:
        return "a number with s, m, h or d, from 1s to 3650d";
    case SettingKind::Bytes:
        return "a number of bytes from 1 to 1024G, with K, M or G if you like";
    case SettingKind::Url:
        return "an http:// or https:// URL without credentials, query or fragment";
    case SettingKind::Choice:
        return joined(setting.choices);
    case SettingKind::Words:
        return "a comma list of " + joined(setting.choices);
    case SettingKind::Switch:
        return "on or off";
    }
    Q_UNREACHABLE();
}

bool isAllowed(const Setting& setting, const QByteArray& text)
{
    switch (setting.kind) {
    case SettingKind::Text:
    case SettingKind::Secret:
        return std::none_of(text.begin(), text.end(),
            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    case SettingKind::Host:
        return text == "localhost" || isIpv4Address(text) || isIpv6Address(text);
    case SettingKind::Port:
        return HttpSyntax::parseDecimal(text).value_or(-1) >= 0 && *HttpSyntax::parseDecimal(text) <= 65535;
    case SettingKind::Milliseconds: {
        const qint64 number = HttpSyntax::parseDecimal(text).value_or(0);
        return number >= 1 && number <= maxMilliseconds;
    }
    case SettingKind::Duration:
        return parseDuration(text).has_value();
    case SettingKind::Bytes:
        return parseBytes(text).has_value();
    case SettingKind::Url:
        return isBaseUrl(text);
    case SettingKind::Choice:
        return setting.choices.contains(text);
    case SettingKind::Words: {
        const QList<QByteArray> list = words(text);
        return std::all_of(
            list.begin(), list.end(), [&](const QByteArray& word) { return setting.choices.contains(word); });
    }
    case SettingKind::Switch:
        return QList<QByteArray>{"on", "off", "true", "false", "1", "0"}.contains(text);
    }
    Q_UNREACHABLE();
}
