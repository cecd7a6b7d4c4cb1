// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/replaycall.h"

#include "base/ids.h"
#include "gui/source/tracesource.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>

namespace {

constexpr int patienceMs = 10'000; // a call that has ended is in the store after 250 ms

} // namespace

ReplayCall::ReplayCall(TraceSource* source, ReplayRequest request, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_request(std::move(request))
    , m_requestId(Ids::newUuid())
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, [this] { fail(tr("The proxy has no trace of the call")); });
}

ReplayCall::~ReplayCall()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
    }
}

void ReplayCall::start()
{
    connect(m_source, &TraceSource::eventsArrived, this, &ReplayCall::takeEvents);
    QByteArray url = m_source->status().url.toEncoded(QUrl::RemoveUserInfo | QUrl::StripTrailingSlash);
    while (url.endsWith('/'))
        url.chop(1);
    QNetworkRequest message(QUrl::fromEncoded(url + m_request.target));
    for (const Header& header : m_request.headers)
        message.setRawHeader(header.name, header.value);
    message.setRawHeader("X-Request-Id", m_requestId);
    m_reply = m_network.sendCustomRequest(message, m_request.method, m_request.body);
    m_reply->setParent(this);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] { m_reply->readAll(); }); // the events tell
    connect(m_reply, &QNetworkReply::finished, this, &ReplayCall::takeReply);
}

void ReplayCall::takeEvents(const QList<SourceEvent>& events)
{
    for (const SourceEvent& event : events) {
        if (!event.type.startsWith("call.") || m_isOver)
            continue;
        const QJsonObject data = QJsonDocument::fromJson(event.json).object();
        const QJsonObject call = data.value(QLatin1String("call")).toObject();
        if (m_id.isEmpty() && call.value(QLatin1String("requestId")).toString().toLatin1() == m_requestId)
            m_id = call.value(QLatin1String("id")).toString().toLatin1();
        if (m_id.isEmpty())
            continue;
        if (event.type == "call.progress" && data.value(QLatin1String("id")).toString().toLatin1() == m_id)
            takeProgress(data);
        if (event.type == "call.ended" && call.value(QLatin1String("id")).toString().toLatin1() == m_id)
            askForTrace();
    }
}

void ReplayCall::takeProgress(const QJsonObject& progress)
{
    for (const QJsonValue& value : progress.value(QLatin1String("texts")).toArray()) {
        const QJsonObject text = value.toObject();
        QString& part = m_texts[{
            text.value(QLatin1String("message")).toInt(), text.value(QLatin1String("part")).toInt()}];
        part.append(text.value(QLatin1String("text")).toString());
    }
    QStringList all;
    for (const QString& part : std::as_const(m_texts))
        all.append(part);
    Q_EMIT progressed(all.join(QStringLiteral("\n\n")));
}

void ReplayCall::takeReply()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString problem = m_reply->errorString();
    m_reply->deleteLater();
    if (status == 0)
        fail(tr("The proxy cannot be reached: %1").arg(problem));
    else if (!m_isOver)
        m_patience.start();
}

void ReplayCall::askForTrace()
{
    if (!m_source)
        return;
    m_source->ask("GET", "/api/traces/" + m_id, this, [this](const SourceAnswer& answer) {
        if (m_isOver)
            return;
        if (!answer.isOk()) {
            fail(TraceSource::errorText(answer.body));
            return;
        }
        m_isOver = true;
        m_patience.stop();
        Q_EMIT ended(QJsonDocument::fromJson(answer.body).object());
    });
}

void ReplayCall::fail(const QString& problem)
{
    if (!std::exchange(m_isOver, true)) {
        m_patience.stop();
        Q_EMIT failed(problem);
    }
}
