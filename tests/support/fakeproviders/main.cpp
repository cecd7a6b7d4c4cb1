// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// fake-upstream: plays OpenAI, Anthropic and Gemini on one loopback port for the SDK tests, the bench and
// hands. Prints {"port":N} and serves until it is ended. GET /__seen tells what has come, as a JSON array:
// {"method","target","headers":[[name,value]...],"size","sha1","connection","connectionClosed"}.

#include "support/fakeproviders/fakeproviders.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

static QJsonObject describe(const ReceivedRequest& request, const UpstreamConnectionState& connection)
{
    QJsonArray headers;
    for (const Header& header : request.headers)
        headers.append(QJsonArray{QString::fromLatin1(header.name), QString::fromLatin1(header.value)});
    return {{QStringLiteral("method"), QString::fromLatin1(request.method)},
        {QStringLiteral("target"), QString::fromLatin1(request.target)}, {QStringLiteral("headers"), headers},
        {QStringLiteral("size"), request.body.size()},
        {QStringLiteral("sha1"), QString::fromLatin1(sha1Hex(request.body))},
        {QStringLiteral("body"),
            QString::fromUtf8(request.body.first(qMin<qsizetype>(request.body.size(), 4096)))},
        {QStringLiteral("connection"), request.connection},
        {QStringLiteral("connectionClosed"), connection.isClosed}};
}

static UpstreamScript seen(const FakeUpstream& upstream)
{
    QJsonArray entries;
    for (const ReceivedRequest& request : upstream.requests()) {
        if (!request.target.startsWith("/__"))
            entries.append(describe(request, upstream.connectionState(request.connection)));
    }
    return Answer::json(200, QJsonDocument(entries).toJson(QJsonDocument::Compact));
}

static UpstreamScript answer(const ProviderRequest& request)
{
    for (const auto provider :
        {FakeAnthropic::answer, FakeGemini::answer, FakeOpenAiResponses::answer, FakeOpenAi::answer}) {
        if (const auto script = provider(request))
            return *script;
    }
    return Answer::json(404, R"({"error":{"message":"fake-upstream has no such path"}})");
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    ProviderRequestReader reader;
    const FakeUpstream* running = nullptr; // set before the port is told, so before any request
    const FakeUpstream upstream([&](const ReceivedRequest& request) {
        return request.target.startsWith("/__seen") ? seen(*running) : answer(reader.read(request));
    });
    running = &upstream;
    std::printf("{\"port\":%d}\n", int(upstream.port()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
