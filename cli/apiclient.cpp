// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/apiclient.h"

#include "cli/filteroptions.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QTimer>

#include <memory>

namespace {

constexpr int answerTimeoutMs = 30'000;
constexpr int presenceTimeoutMs = 1000;

} // namespace

ApiClient::ApiClient(QByteArray url, Secret token)
    : m_url(std::move(url))
    , m_token(std::move(token))
{
    while (m_url.endsWith('/'))
        m_url.chop(1);
    m_network.setProxy(QNetworkProxy::NoProxy); // HTTP_PROXY is for the way to providers
}

QNetworkRequest ApiClient::request(const QByteArray& target) const
{
    QNetworkRequest request(QUrl::fromEncoded(m_url + target));
    request.setTransferTimeout(answerTimeoutMs);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!m_token.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + m_token.reveal());
    return request;
}

Result<QByteArray> ApiClient::get(const QByteArray& target)
{
    return send("GET", target);
}

Result<QByteArray> ApiClient::send(const QByteArray& method, const QByteArray& target)
{
    const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request(target), method));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status < 300 && reply->error() == QNetworkReply::NoError)
        return reply->readAll();
    return errorOf(reply.get());
}

QNetworkReply* ApiClient::open(const QByteArray& target, const QByteArray& lastEventId)
{
    QNetworkRequest stream = request(target);
    stream.setTransferTimeout(0);
    if (!lastEventId.isEmpty())
        stream.setRawHeader("Last-Event-ID", lastEventId);
    return m_network.get(stream);
}

bool ApiClient::isThere()
{
    QNetworkRequest health = request("/api/health");
    health.setTransferTimeout(presenceTimeoutMs);
    const std::unique_ptr<QNetworkReply> reply(m_network.get(health));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    return QJsonDocument::fromJson(reply->readAll()).object().value(QLatin1String("name"))
        == QLatin1String("langfuse-proxy");
}

Error ApiClient::errorOf(QNetworkReply* reply) const
{
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString where = QString::fromUtf8(m_url);
    if (status == 0) {
        return {ErrorCode::ConnectionFailed,
            QStringLiteral("no proxy answers at %1 (%2); `langfuse-proxy` starts one, --url names another")
                .arg(where, reply->errorString()),
            where};
    }
    const QJsonObject error
        = QJsonDocument::fromJson(reply->readAll()).object().value(QLatin1String("error")).toObject();
    const QString message = error.value(QLatin1String("message")).toString();
    if (error.value(QLatin1String("code")) == QLatin1String("invalid_parameter"))
        return inWordsOfOptions({ErrorCode::BadRequest, message, {}});
    return {ErrorCode::Rejected,
        message.isEmpty()
            ? QStringLiteral("%1 answered %2, which is no langfuse-proxy's answer").arg(where).arg(status)
            : message,
        where};
}
