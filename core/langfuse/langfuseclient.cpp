// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/langfuseclient.h"

#include <QBuffer>

#include <utility>

namespace {

// What a request body may need on its way through a thin line, on top of the timeout.
constexpr qint64 slowestUploadBytesASecond = 64 * 1024;

UpstreamOptions networkOptions(const LangfuseOptions& options)
{
    UpstreamOptions network;
    network.connectTimeout = options.requestTimeout;
    return network;
}

// `https://host/path?query` -> `/path?query`, with every byte as it came: it may be signed.
QByteArray targetIn(const QByteArray& absoluteUrl)
{
    const qsizetype authority = absoluteUrl.indexOf("://");
    const qsizetype path = absoluteUrl.indexOf('/', authority < 0 ? 0 : authority + 3);
    if (path < 0)
        return "/";
    const qsizetype fragment = absoluteUrl.indexOf('#', path);
    return fragment < 0 ? absoluteUrl.sliced(path) : absoluteUrl.sliced(path, fragment - path);
}

} // namespace

LangfuseClient::LangfuseClient(const LangfuseOptions& options, const QByteArray& version, QObject* parent)
    : QObject(parent)
    , m_baseUrl(options.baseUrl)
    , m_secretKey(options.secretKey)
    , m_version(version)
    , m_timeout(options.requestTimeout)
    , m_authorization("Basic " + (options.publicKey + ":" + options.secretKey.reveal()).toBase64())
    , m_network(networkOptions(options))
{
}

LangfuseClient::~LangfuseClient() = default;

QByteArray LangfuseClient::targetOf(const QUrl& baseUrl, const QByteArray& path)
{
    QByteArray prefix = baseUrl.path(QUrl::FullyEncoded).toLatin1();
    while (prefix.endsWith('/'))
        prefix.chop(1);
    return prefix + path;
}

RequestHead LangfuseClient::headOf(const ApiRequest& request) const
{
    RequestHead head;
    head.method = request.method;
    if (request.uploadUrl.isEmpty()) {
        head.target = targetOf(m_baseUrl, request.path);
        head.headers.append("Authorization", m_authorization);
    } else {
        head.target = targetIn(request.uploadUrl);
    }
    head.headers.append("User-Agent", "langfuse-proxy/" + m_version);
    for (const Header& header : request.headers)
        head.headers.append(header.name, header.value);
    const bool hasBody = !request.body.isEmpty() || request.method == "POST" || request.method == "PUT";
    if (hasBody)
        head.framing = {HttpSyntax::Framing::Kind::Length, request.body.size()};
    return head;
}

void LangfuseClient::send(const ApiRequest& request, ApiCall::Done done)
{
    const RequestHead head = headOf(request);
    QNetworkRequest networkRequest(
        request.uploadUrl.isEmpty() ? m_baseUrl : QUrl::fromEncoded(request.uploadUrl));
    setUpstreamHead(&networkRequest, head);
    auto* body = new QBuffer;
    body->setData(request.body);
    body->open(QIODevice::ReadOnly);
    QNetworkReply* reply = m_network.sendCustomRequest(networkRequest, head.method, body);
    body->setParent(reply);
    const ApiCall::Limits limits{.timeout = m_timeout,
        .uploadTime = std::chrono::seconds(request.body.size() / slowestUploadBytesASecond),
        .answerBytes = request.maxAnswerBytes};
    new ApiCall(
        reply, limits,
        [this, done = std::move(done)](const DeliveryAnswer& answer) { done(withoutSecret(answer)); }, this);
}

// Whatever repeats what it was sent must not carry the key into logs and marks.
DeliveryAnswer LangfuseClient::withoutSecret(DeliveryAnswer answer) const
{
    if (m_secretKey.isEmpty())
        return answer;
    for (QByteArray* text : {&answer.networkError, &answer.location, &answer.body, &answer.contentType})
        text->replace(m_secretKey.reveal(), "***");
    return answer;
}
