// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/checks.h"

#include "app/engineoptions.h"
#include "base/version.h"
#include "langfuse/routechooser.h"
#include "proxy/forwardingrules.h"
#include "proxy/provider.h"
#include "store/storecheck.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTimer>

namespace {

constexpr std::chrono::seconds timeLimit{10};

QByteArray keySettingOf(const Provider& provider)
{
    return provider.id == "openai" ? QByteArray("UPSTREAM_API_KEY") : provider.id.toUpper() + "_API_KEY";
}

QByteArray urlSettingOf(const Provider& provider)
{
    return provider.id == "openai" ? QByteArray("UPSTREAM_BASE_URL") : provider.id.toUpper() + "_BASE_URL";
}

QByteArray shown(const QUrl& url)
{
    return url.toEncoded(QUrl::RemoveUserInfo);
}

/// The name of the first project in the answer of /api/public/projects.
QByteArray projectName(const QByteArray& body)
{
    const QJsonArray projects = QJsonDocument::fromJson(body).object().value(QLatin1String("data")).toArray();
    return projects.at(0).toObject().value(QLatin1String("name")).toString().toUtf8();
}

} // namespace

Checks::Checks(const Config& config)
    : m_config(config)
    , m_network(upstreamOptions(config))
{
}

Checks::~Checks() = default;

void Checks::start()
{
    m_clock.start();
    const QList<const Provider*>& providers = allProviders();
    m_results.resize(providers.size() + 2);
    m_open = int(m_results.size());
    for (qsizetype i = 0; i < providers.size(); ++i)
        askUpstream(*providers[i], i);
    askLangfuse(providers.size());
    take(providers.size() + 1, storeResult());
}

void Checks::startLangfuse()
{
    m_results.resize(1);
    m_open = 1;
    askLangfuse(0);
}

void Checks::askUpstream(const Provider& provider, qsizetype place)
{
    const QUrl& baseUrl = m_config.*(provider.baseUrl);
    RequestHead head;
    head.method = "HEAD";
    head.target = provider.healthPath;
    head.headers.append("Host", {});
    head.headers.append("User-Agent", QByteArray("langfuse-proxy/") + versionText);
    QNetworkRequest request(baseUrl);
    setUpstreamHead(&request, ForwardingRules::upstreamRequest(head, provider, m_config, "check"));
    QNetworkReply* reply = m_network.sendCustomRequest(request, head.method);
    QTimer::singleShot(timeLimit, reply, &QNetworkReply::abort);
    connect(reply, &QNetworkReply::finished, this, [this, reply, place, baseUrl, provider = &provider] {
        reply->deleteLater();
        const int status = responseHeadOf(*reply).status;
        const bool hasKey = !(m_config.*(provider->apiKey)).isEmpty();
        const QByteArray url = shown(baseUrl);
        CheckResult result{provider->id, CheckState::Good, {}, {}};
        if (hasUpstreamFailed(*reply) && status == 0) {
            result.state = CheckState::Bad;
            result.found = url + " cannot be reached: " + upstreamErrorOf(*reply).message.toUtf8();
            result.advice = "Check " + urlSettingOf(*provider) + " and this machine's way out.";
        } else if (hasKey && (status == 401 || status == 403)) {
            result.state = CheckState::Bad;
            result.found = url + " refuses the key (" + QByteArray::number(status) + ')';
            result.advice = "Check " + keySettingOf(*provider) + '.';
        } else if (status >= 500) {
            result.state = CheckState::Bad;
            result.found = url + " answers " + QByteArray::number(status);
            result.advice = "The provider has trouble, or " + urlSettingOf(*provider) + " is another server.";
        } else {
            result.found = url + " answers after " + QByteArray::number(m_clock.elapsed()) + " ms"
                + (baseUrl.scheme() == QLatin1String("https") ? ", certificate good" : "")
                + (hasKey ? ", key accepted" : "; consumers bring their own keys");
        }
        take(place, result);
    });
}

void Checks::askLangfuse(qsizetype place)
{
    if (!m_config.isDeliveryEnabled()) {
        const QByteArray why = m_config.langfuseTracingEnabled
            ? "no keys (LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY)"
            : "LANGFUSE_TRACING_ENABLED is off";
        take(place, {"langfuse", CheckState::Skipped, why + ": traces stay in the local database", {}});
        return;
    }
    LangfuseOptions options = langfuseOptions(m_config);
    options.requestTimeout = timeLimit;
    m_langfuse = std::make_unique<LangfuseClient>(options, versionText);
    m_langfuse->send({.method = "GET", .path = "/api/public/health"},
        [this, place](const DeliveryAnswer& health) { askProject(health, place); });
}

void Checks::askProject(const DeliveryAnswer& health, qsizetype place)
{
    const QByteArray url = shown(m_config.langfuseBaseUrl);
    if (health.status == 0) {
        take(place,
            {"langfuse", CheckState::Bad, url + " cannot be reached: " + health.networkError,
                "Check LANGFUSE_BASE_URL. Traces wait in the local database meanwhile."});
        return;
    }
    RouteChooser chooser(m_config.langfuseIngestion);
    (void)chooser.takeHealth(health);
    const QByteArray version
        = QJsonDocument::fromJson(health.body).object().value(QLatin1String("version")).toString().toUtf8();
    const QByteArray route = !chooser.route()      ? "the way in is not known yet"
        : *chooser.route() == IngestionRoute::Otlp ? "traces go in over OTLP"
                                                   : "traces go in over /api/public/ingestion";
    m_langfuse->send({.method = "GET", .path = "/api/public/projects"},
        [this, place, url, version, route](const DeliveryAnswer& answer) {
            if (answer.status == 401 || answer.status == 403) {
                take(place,
                    {"langfuse", CheckState::Bad,
                        url + " refuses the keys (" + QByteArray::number(answer.status) + ')',
                        "Check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY, and that they are of that "
                        "server."});
                return;
            }
            const QByteArray project = projectName(answer.body);
            if (answer.status != 200 || project.isEmpty()) {
                take(place,
                    {"langfuse", CheckState::Bad,
                        url + " does not answer as Langfuse does ("
                            + (answer.status ? QByteArray::number(answer.status) : answer.networkError) + ')',
                        "Check LANGFUSE_BASE_URL."});
                return;
            }
            take(place,
                {"langfuse", CheckState::Good,
                    url + ", project \"" + project + "\", version "
                        + (version.isEmpty() ? QByteArray("unknown") : version) + "; " + route,
                    {}});
        });
}

CheckResult Checks::storeResult() const
{
    const QByteArray path = m_config.storePath.toUtf8();
    if (m_config.storePath == QLatin1String(":memory:"))
        return {"store", CheckState::Good, "in memory: nothing is kept when the proxy ends", {}};
    const Result<StoreState> state = checkStore(m_config.storePath);
    if (!state)
        return {"store", CheckState::Bad, path + ": " + state.error().message.toUtf8(),
            "Check STORE_PATH; a damaged database is set aside at the next start."};
    if (!state->exists)
        return {"store", CheckState::Good, path + " will be made", {}};
    return {"store", CheckState::Good,
        path + ", " + QByteArray::number(state->traces) + " traces, " + QByteArray::number(state->pending)
            + " of them pending, " + QByteArray::number(state->bytes / 1024) + " KiB",
        {}};
}

void Checks::take(qsizetype place, const CheckResult& result)
{
    m_results[place] = result;
    if (--m_open == 0)
        QMetaObject::invokeMethod(this, &Checks::finished, Qt::QueuedConnection);
}
