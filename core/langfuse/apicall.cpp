// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/apicall.h"

#include "upstream/upstreamaccessmanager.h"

#include <utility>

ApiCall::ApiCall(QNetworkReply* reply, const Limits& limits, Done done, QObject* parent)
    : QObject(parent)
    , m_reply(reply)
    , m_limits(limits)
    , m_done(std::move(done))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &ApiCall::giveUp);
    connect(reply, &QNetworkReply::metaDataChanged, this, [this] { m_deadline.start(m_limits.timeout); });
    connect(reply, &QNetworkReply::readyRead, this, &ApiCall::keepBody);
    connect(reply, &QNetworkReply::finished, this, &ApiCall::finish);
    m_deadline.start(m_limits.timeout + m_limits.uploadTime);
}

ApiCall::~ApiCall()
{
    if (m_reply)
        m_reply->deleteLater();
}

void ApiCall::keepBody()
{
    const QByteArray bytes = takeBodyOf(m_reply);
    m_body += bytes.left(m_limits.answerBytes - m_body.size());
    if (bytes.size() > 0 && m_body.size() >= m_limits.answerBytes)
        m_reply->abort(); // the status is known, and nobody reads more of an answer than this
}

void ApiCall::giveUp()
{
    m_timedOut = true;
    m_reply->abort();
}

// A status that has come counts, even when the rest of the answer has not: Langfuse had read the request.
void ApiCall::finish()
{
    m_deadline.stop();
    const ResponseHead head = responseHeadOf(*m_reply);
    DeliveryAnswer answer;
    answer.status = head.status;
    if (head.status == 0) {
        const auto waited = m_limits.timeout + m_limits.uploadTime;
        answer.networkError = m_timedOut
            ? "no answer within " + QByteArray::number(qint64(waited.count())) + " ms"
            : upstreamErrorOf(*m_reply).message.toUtf8();
    }
    answer.contentType = head.headers.value("Content-Type").toLower();
    answer.retryAfter = head.headers.value("Retry-After");
    answer.location = head.headers.value("Location");
    answer.isBodyWhole = head.status > 0 && !hasUpstreamFailed(*m_reply);
    answer.body = std::exchange(m_body, {});
    deleteLater();
    std::exchange(m_done, nullptr)(answer);
}
