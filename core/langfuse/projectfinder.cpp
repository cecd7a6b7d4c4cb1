// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/projectfinder.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr int mostAttempts = 3;

}

ProjectFinder::ProjectFinder(const LangfuseOptions& options, const QByteArray& version, QObject* parent)
    : QObject(parent)
    , m_baseUrl(options.baseUrl)
    , m_client(options, version)
{
}

ProjectFinder::~ProjectFinder() = default;

void ProjectFinder::find()
{
    if (!m_url.isEmpty() || m_attempts >= mostAttempts || std::exchange(m_isAsking, true))
        return;
    ++m_attempts;
    m_client.send({.method = "GET", .path = "/api/public/projects"},
        [this](const DeliveryAnswer& answer) { take(answer); });
}

void ProjectFinder::take(const DeliveryAnswer& answer)
{
    m_isAsking = false;
    const QJsonArray projects
        = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("data")).toArray();
    const QString id = projects.at(0).toObject().value(QLatin1String("id")).toString();
    if (answer.status != 200 || id.isEmpty())
        return;
    const QByteArray page = "/project/" + QUrl::toPercentEncoding(id);
    const QUrl server = m_baseUrl.adjusted(QUrl::RemovePath);
    m_url = server.toEncoded() + LangfuseClient::targetOf(m_baseUrl, page);
    Q_EMIT found();
}
