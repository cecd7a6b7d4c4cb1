// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProxiedUpstream: a FakeUpstream with the real proxy in front of it, every provider's base URL pointing
// there. Owned by a test, used on its thread.
//
//     ProxiedUpstream site([](const ReceivedRequest&) { return Answer::json(200, "{}"); });
//     QVERIFY2(site.proxy.start(), site.proxy.errorText());
//     RawClient client(site.proxy.port());

#include "support/fakeupstream.h"
#include "support/proxyprocess.h"
#include "support/rawclient.h"

class ProxiedUpstream final
{
    Q_DISABLE_COPY_MOVE(ProxiedUpstream)

public:
    /// `pathPrefix` goes behind the base URLs; `environment` is set over everything.
    explicit ProxiedUpstream(FakeUpstream::Handler handler, const ProxyProcess::Environment& environment = {},
        const FakeUpstreamOptions& options = {}, const QByteArray& pathPrefix = {})
        : upstream(std::move(handler), options)
        , proxy(environmentFor(upstream.url() + pathPrefix, environment))
    {
    }

    /// One request on a connection of its own, and its answer.
    [[nodiscard]] Result<RawResponse> exchange(
        const QByteArray& request, QByteArrayView method = "POST") const
    {
        RawClient client(proxy.port());
        if (!client.send(request))
            return Error{ErrorCode::ConnectionFailed, QStringLiteral("the request was not taken"), {}};
        return client.readResponse(method);
    }

    /// The Host value that the upstream must see.
    [[nodiscard]] QByteArray upstreamHost() const
    {
        return "127.0.0.1:" + QByteArray::number(upstream.port());
    }

    FakeUpstream upstream;
    ProxyProcess proxy;

private:
    static ProxyProcess::Environment environmentFor(
        const QByteArray& baseUrl, const ProxyProcess::Environment& environment)
    {
        ProxyProcess::Environment all{
            {"UPSTREAM_BASE_URL", baseUrl}, {"ANTHROPIC_BASE_URL", baseUrl}, {"GEMINI_BASE_URL", baseUrl}};
        all.insert(environment);
        return all;
    }
};

/// A request whose body is framed by Content-Length. `fields` are whole lines.
inline QByteArray requestText(
    const QByteArray& method, const QByteArray& target, const QByteArray& fields, const QByteArray& body = {})
{
    const QByteArray length
        = body.isEmpty() ? QByteArray() : "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return method + ' ' + target + " HTTP/1.1\r\nHost: proxy.example\r\n" + fields + length + "\r\n" + body;
}

/// Why there is no response, for QVERIFY2, which wants its text in any case.
inline QByteArray reasonOf(const Result<RawResponse>& response)
{
    return response ? QByteArray() : response.error().message.toUtf8();
}
