// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/langfuseclient.h"

#include "langfuse/gzip.h"

#include <QNetworkReply>
#include <QNetworkRequest>

#include <utility>

namespace {

constexpr qsizetype maxAnswerBytes = 64 * 1024;

QNetworkRequest makeRequest(const LangfuseClient::Options& options)
{
    QNetworkRequest request(LangfuseClient::tracesUrl(options.baseUrl));
    const QByteArray credentials = options.publicKey + ":" + options.secretKey.reveal();
    request.setRawHeader("Authorization", "Basic " + credentials.toBase64());
    request.setRawHeader("Content-Type", "application/x-protobuf");
    request.setRawHeader("User-Agent", "langfuse-proxy/" + options.version);
    request.setRawHeader("x-langfuse-ingestion-version", "4");
    request.setRawHeader("x-langfuse-sdk-name", "langfuse-proxy");
    request.setRawHeader("x-langfuse-sdk-version", options.version);
    request.setRawHeader("x-langfuse-public-key", options.publicKey);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setTransferTimeout(static_cast<int>(options.timeout.count()));
    return request;
}

} // namespace

LangfuseClient::LangfuseClient(const Options& options, QObject* parent)
    : QObject(parent)
    , m_options(options)
    , m_request(makeRequest(options))
{
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(options.timeout * 3);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_timedOut = true;
        if (m_reply)
            m_reply->abort();
    });
}

LangfuseClient::~LangfuseClient()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
}

QUrl LangfuseClient::tracesUrl(const QUrl& baseUrl)
{
    QUrl url = baseUrl.adjusted(
        QUrl::StripTrailingSlash | QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    QString path = url.path(QUrl::FullyEncoded);
    if (path.endsWith(QLatin1Char('/')))
        path.chop(1);
    url.setPath(path + QLatin1String("/api/public/otel/v1/traces"), QUrl::TolerantMode);
    return url;
}

void LangfuseClient::post(const QByteArray& body)
{
    Q_ASSERT(!m_reply);
    constexpr int fastLevel = 1;
    m_body.clear();
    m_timedOut = false;
    QNetworkRequest request = m_request;
    QByteArray wire = Gzip::compress(body, fastLevel);
    if (wire.isEmpty())
        wire = body;
    else
        request.setRawHeader("Content-Encoding", "gzip");
    m_reply = m_network.post(request, wire);
    connect(m_reply, &QNetworkReply::readyRead, this, &LangfuseClient::keepBody);
    connect(m_reply, &QNetworkReply::finished, this, &LangfuseClient::finish);
    m_deadline.start();
}

void LangfuseClient::keepBody()
{
    const QByteArray bytes = m_reply->readAll();
    m_body += bytes.left(maxAnswerBytes - m_body.size());
    if (m_body.size() >= maxAnswerBytes)
        m_reply->abort(); // the status is known; nobody reads more of an answer than this
}

void LangfuseClient::finish()
{
    m_deadline.stop();
    QNetworkReply* reply = std::exchange(m_reply, nullptr);
    reply->deleteLater();
    DeliveryAnswer answer;
    const bool hasWholeBody = reply->error() != QNetworkReply::OperationCanceledError;
    const bool isLongBody = m_body.size() >= maxAnswerBytes && !m_timedOut;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status > 0 && (hasWholeBody || isLongBody)) {
        if (reply->isOpen())
            m_body += reply->readAll().left(maxAnswerBytes - m_body.size());
        answer.status = status;
        answer.contentType = reply->rawHeader("Content-Type").toLower();
        answer.retryAfter = reply->rawHeader("Retry-After");
        answer.location = withoutSecret(reply->rawHeader("Location"));
        answer.body = withoutSecret(std::exchange(m_body, {}));
    } else if (m_timedOut || !hasWholeBody) {
        answer.networkError = "no answer within " + QByteArray::number(m_options.timeout.count()) + " ms";
    } else {
        answer.networkError = withoutSecret(reply->errorString().toUtf8());
    }
    Q_EMIT answered(answer);
}

QByteArray LangfuseClient::withoutSecret(QByteArray text) const
{
    return m_options.secretKey.isEmpty() ? text : text.replace(m_options.secretKey.reveal(), "***");
}
