// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/healthprobe.h"

#include "proxy/forwardingrules.h"
#include "upstream/upstreamaccessmanager.h"

#include <QNetworkReply>
#include <QTimer>

namespace {

constexpr std::chrono::seconds probeTimeout{3};
constexpr std::chrono::milliseconds freshFor{5000};

} // namespace

HealthProbe::HealthProbe(const Config* config, QNetworkAccessManager* upstream, QObject* parent)
    : QObject(parent)
    , m_config(config)
    , m_upstream(upstream)
{
}

HealthProbe::~HealthProbe() = default;

void HealthProbe::ask(std::function<void(const UpstreamHealths&)> callback)
{
    if (m_running == 0 && m_age.isValid() && m_age.elapsed() < freshFor.count()) {
        callback(m_healths);
        return;
    }
    m_waiting.append(std::move(callback));
    if (m_running > 0)
        return;
    m_running = int(allProviders().size());
    for (const Provider* provider : allProviders())
        probe(*provider);
}

void HealthProbe::probe(const Provider& provider)
{
    if ((m_config->*(provider.apiKey)).isEmpty() && !provider.isProbedWithoutKey) {
        finish(provider.id, UpstreamHealth::NotConfigured);
        return;
    }
    const QUrl& baseUrl = m_config->*(provider.baseUrl);
    RequestHead head;
    head.method = "HEAD";
    head.target = provider.healthPath;
    head.headers.append("Host", {});
    head.headers.append("User-Agent", "langfuse-proxy");
    QNetworkRequest request(baseUrl);
    setUpstreamHead(&request, ForwardingRules::upstreamRequest(head, provider, *m_config, "health"));

    QNetworkReply* reply = m_upstream->sendCustomRequest(request, head.method);
    QTimer::singleShot(probeTimeout, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this, [this, reply, id = provider.id] {
        const int status = responseHeadOf(*reply).status;
        reply->deleteLater();
        finish(id, status > 0 && status < 500 ? UpstreamHealth::Ok : UpstreamHealth::Unreachable);
    });
}

void HealthProbe::finish(const QByteArray& provider, UpstreamHealth health)
{
    m_healths.insert(provider, health);
    if (--m_running > 0)
        return;
    m_age.start();
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto& callback : waiting)
        callback(m_healths);
}
