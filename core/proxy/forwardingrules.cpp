// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "proxy/forwardingrules.h"

#include "base/ids.h"

#include <algorithm>
#include <array>

namespace ForwardingRules {

namespace {

// RFC 9110 7.6.1; Transfer-Encoding is framing and is handled with it. Proxy-Authorization is for us, not the
// origin.
constexpr std::array<QByteArrayView, 6> hopByHopFields{
    "connection", "keep-alive", "proxy-connection", "te", "upgrade", "proxy-authorization"};
constexpr std::array<QByteArrayView, 4> ownRequestFields{
    "x-session-id", "x-user-id", "x-proxy-api-key", "expect"};

template <size_t N>
bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, N>& names)
{
    return std::any_of(
        names.begin(), names.end(), [&](QByteArrayView other) { return isSameHeaderName(name, other); });
}

bool hasPrefix(QByteArrayView name, QByteArrayView prefix)
{
    return name.size() >= prefix.size() && isSameHeaderName(name.first(prefix.size()), prefix);
}

bool isFramingName(QByteArrayView name)
{
    return isSameHeaderName(name, "content-length") || isSameHeaderName(name, "transfer-encoding");
}

/// Field names that Connection declares to be hop-by-hop. Framing and Host cannot be declared away.
QList<QByteArray> connectionOptions(const HeaderList& headers)
{
    QList<QByteArray> names;
    for (const QByteArray& value : headers.values("connection")) {
        for (const QByteArray& part : value.split(',')) {
            const QByteArray name = HttpSyntax::trimmed(part).toByteArray();
            if (!name.isEmpty() && !isFramingName(name) && !isSameHeaderName(name, "host"))
                names.append(name);
        }
    }
    return names;
}

bool isNamed(const QList<QByteArray>& names, const QByteArray& name)
{
    return std::any_of(
        names.begin(), names.end(), [&](const QByteArray& other) { return isSameHeaderName(name, other); });
}

/// The baggage without our members (W3C Baggage 3.2); empty when nothing else is in it. A value without any
/// of them keeps its bytes.
QByteArray foreignBaggage(const QByteArray& value)
{
    QList<QByteArray> members = value.split(',');
    const qsizetype removed = members.removeIf(
        [](const QByteArray& member) { return HttpSyntax::trimmed(member).startsWith("langfuse_"); });
    return removed > 0 ? HttpSyntax::trimmed(members.join(',')).toByteArray() : value;
}

HeaderList endToEndRequestHeaders(const HeaderList& headers, const QByteArray& host)
{
    const QList<QByteArray> named = connectionOptions(headers);
    HeaderList result;
    for (const Header& header : headers) {
        if (isOneOf(header.name, hopByHopFields) || isOneOf(header.name, ownRequestFields)
            || hasPrefix(header.name, "x-langfuse-") || isNamed(named, header.name))
            continue;
        if (isSameHeaderName(header.name, "host")) {
            result.append(header.name, host);
        } else if (isSameHeaderName(header.name, "baggage")) {
            const QByteArray rest = foreignBaggage(header.value);
            if (!rest.isEmpty())
                result.append(header.name, rest);
        } else {
            result.append(header.name, header.value);
        }
    }
    return result;
}

QByteArray pathPrefix(const QUrl& baseUrl)
{
    QByteArray prefix = baseUrl.path(QUrl::FullyEncoded).toUtf8();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    return prefix;
}

} // namespace

RequestHead upstreamRequest(
    RequestHead head, const Provider& provider, const Config& config, const QByteArray& requestId)
{
    const QUrl& baseUrl = config.*(provider.baseUrl);
    head.headers = endToEndRequestHeaders(head.headers, hostField(baseUrl));
    provider.prepare(&head, config);
    if (!head.headers.contains("x-request-id"))
        head.headers.append("x-request-id", requestId);
    head.target.prepend(pathPrefix(baseUrl));
    return head;
}

ResponseHead consumerResponse(ResponseHead head, const QByteArray& requestId)
{
    const QList<QByteArray> named = connectionOptions(head.headers);
    head.headers.removeIf([&](const Header& header) {
        return isOneOf(header.name, hopByHopFields) || isNamed(named, header.name);
    });
    if (!head.headers.contains("x-request-id"))
        head.headers.append("x-request-id", requestId);
    return head;
}

QByteArray requestIdOf(const RequestHead& head)
{
    const QByteArray id = head.headers.value("x-request-id");
    return id.isEmpty() ? Ids::newUuid() : id;
}

QByteArray hostField(const QUrl& baseUrl)
{
    QByteArray host = baseUrl.host(QUrl::FullyEncoded).toUtf8();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int defaultPort = baseUrl.scheme() == QLatin1String("https") ? 443 : 80;
    const int port = baseUrl.port(defaultPort);
    return port == defaultPort ? host : host + ':' + QByteArray::number(port);
}

QByteArray originOf(const QUrl& baseUrl)
{
    return baseUrl.scheme().toUtf8() + "://" + hostField(baseUrl);
}

} // namespace ForwardingRules
