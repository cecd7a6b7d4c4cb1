// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apiaccess.h"

#include "proxy/credentials.h"

#include <algorithm>
#include <array>

namespace {

// What proxies add about the client behind them (RFC 7239, RFC 9110 7.6.3, and the usual older ones).
constexpr std::array proxyTraces{"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"};

/// `[::1]:3000` -> `[::1]`. Empty when what follows the name is no port.
QByteArray withoutPort(const QByteArray& host)
{
    const qsizetype nameEnd = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':');
    if (nameEnd < 0 || nameEnd == host.size())
        return host;
    const QByteArray port = host.sliced(nameEnd);
    const bool isPort = port.startsWith(':')
        && std::all_of(port.begin() + 1, port.end(), [](char c) { return c >= '0' && c <= '9'; });
    return isPort ? host.first(nameEnd) : QByteArray();
}

bool isLoopbackName(const QByteArray& name)
{
    if (name == "localhost" || name == "[::1]")
        return true;
    const QList<QByteArray> parts = name.split('.');
    return parts.size() == 4 && parts[0] == "127"
        && std::all_of(parts.begin(), parts.end(), [](const QByteArray& part) {
               const auto number = HttpSyntax::parseDecimal(part);
               return number && *number <= 255 && part.size() <= 3;
           });
}

bool isOwnOrigin(const QByteArray& origin, const QByteArray& host)
{
    return origin == "http://" + host || origin == "https://" + host;
}

AccessRefusal forbidden(const QByteArray& code, const QByteArray& message)
{
    return {403, code, message};
}

AccessRefusal unauthorized(const QByteArray& code, const QByteArray& message)
{
    return {401, code, message};
}

/// What a browser says of the page that asks.
std::optional<AccessRefusal> pageRefusal(const HeaderList& headers, const QByteArray& host)
{
    for (const QByteArray& origin : headers.values("origin")) {
        if (!isOwnOrigin(origin.toLower(), host))
            return forbidden("origin_not_allowed", "The API does not answer pages of other sites (Origin)");
    }
    for (const QByteArray& site : headers.values("sec-fetch-site")) {
        const QByteArray word = site.toLower();
        if (word != "same-origin" && word != "none")
            return forbidden(
                "origin_not_allowed", "The API does not answer pages of other sites (Sec-Fetch-Site)");
    }
    return std::nullopt;
}

} // namespace

ApiAnswer AccessRefusal::answer() const
{
    const HeaderList challenge{{"WWW-Authenticate", "Bearer realm=\"langfuse-proxy\""}};
    return ApiAnswer::error(status, code, message, status == 401 ? challenge : HeaderList());
}

std::optional<AccessRefusal> accessRefusal(
    const RequestHead& head, bool isFromLoopback, const AccessRules& rules)
{
    const QList<QByteArray> hosts = head.headers.values("host");
    const QByteArray host = hosts.size() == 1 ? hosts.first().toLower() : QByteArray();
    const QByteArray name = withoutPort(host);
    if (!isLoopbackName(name) && !rules.hosts.contains(name))
        return forbidden("host_not_allowed",
            "The API answers under localhost, loopback addresses and the names in ADMIN_HOSTS only");
    if (auto refusal = pageRefusal(head.headers, host))
        return refusal;

    const std::optional<QByteArray> token = Credentials::bearerToken(head);
    if (token && rules.token.matches(*token))
        return std::nullopt;
    if (token && !rules.token.isEmpty())
        return unauthorized("invalid_token", "The bearer token is not ADMIN_TOKEN");
    const bool isThroughProxy = std::any_of(proxyTraces.begin(), proxyTraces.end(),
        [&](const char* field) { return head.headers.contains(field); });
    if (isFromLoopback && !isThroughProxy)
        return std::nullopt;
    if (!rules.token.isEmpty())
        return unauthorized("token_required", "The API needs ADMIN_TOKEN as a bearer token from here");
    return forbidden("not_local", "The API answers this machine only, unless ADMIN_TOKEN is set");
}
