// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/upstreamaccessmanager.h"

#include "base/logging.h"
#include "upstream/connectionpool.h"
#include "upstream/requesthead.h"
#include "upstream/upstreamerrors.h"
#include "upstream/upstreamreply.h"

#include <QNetworkProxy>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QUrl>

#include <algorithm>
#include <array>

namespace {

QString environmentCertificateFile()
{
    return qEnvironmentVariable("SSL_CERT_FILE");
}

/// Read once: a list costs a megabyte, and copies share it. A file without certificates gives none, so that
/// no connection is trusted, rather than the system's.
const QList<QSslCertificate>& environmentCertificates()
{
    static const QList<QSslCertificate> certificates = [] {
        const QList<QSslCertificate> found = QSslCertificate::fromPath(environmentCertificateFile());
        if (found.isEmpty())
            Logging::write(Logging::Level::Warn, "proxy",
                "no certificates there: no TLS connection is trusted",
                {{"SSL_CERT_FILE", environmentCertificateFile().toUtf8()}});
        return found;
    }();
    return certificates;
}

QSslConfiguration tlsConfiguration(const UpstreamOptions& options)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    // Left alone, Qt looks the system's certificates up as it needs them; a list of our own is loaded whole
    // for every connection, so it is only made when asked for.
    if (!options.caCertificateFile.isEmpty())
        tls.setCaCertificates(QSslCertificate::fromPath(options.caCertificateFile));
    else if (!environmentCertificateFile().isEmpty())
        tls.setCaCertificates(environmentCertificates());
    else if (!options.extraCaCertificates.isEmpty())
        tls.setCaCertificates(QSslConfiguration::systemCaCertificates());
    if (!options.extraCaCertificates.isEmpty())
        tls.addCaCertificates(options.extraCaCertificates);
    return tls;
}

bool isStockFailure(QNetworkReply::NetworkError error)
{
    const bool isStatus
        = (error > QNetworkReply::UnknownProxyError && error <= QNetworkReply::UnknownContentError)
        || (error > QNetworkReply::ProtocolFailure && error <= QNetworkReply::UnknownServerError);
    return error != QNetworkReply::NoError && !isStatus;
}

} // namespace

void setUpstreamHead(QNetworkRequest* request, const RequestHead& head)
{
    RequestHeads::set(request, head);
}

ResponseHead responseHeadOf(const QNetworkReply& reply)
{
    if (const auto* own = qobject_cast<const UpstreamReply*>(&reply))
        return own->head();
    ResponseHead head;
    head.status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    head.reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toByteArray();
    const QList<QNetworkReply::RawHeaderPair>& pairs = reply.rawHeaderPairs();
    for (const auto& [name, value] : pairs) {
        if (!isSameHeaderName(name, "set-cookie")) {
            head.headers.append(name, value);
            continue;
        }
        for (const QByteArray& cookie : value.split('\n')) // Qt joins repeats with it
            head.headers.append(name, cookie);
    }
    return head;
}

bool hasUpstreamFailed(const QNetworkReply& reply)
{
    if (qobject_cast<const UpstreamReply*>(&reply))
        return reply.error() != QNetworkReply::NoError;
    return isStockFailure(reply.error());
}

QByteArray takeBodyOf(QNetworkReply* reply)
{
    if (auto* own = qobject_cast<UpstreamReply*>(reply))
        return own->takeBody();
    return reply->read(reply->bytesAvailable());
}

HeaderList responseTrailersOf(const QNetworkReply& reply)
{
    const auto* own = qobject_cast<const UpstreamReply*>(&reply);
    return own ? own->trailers() : HeaderList();
}

Error upstreamErrorOf(const QNetworkReply& reply)
{
    if (const auto* own = qobject_cast<const UpstreamReply*>(&reply))
        return own->failure();
    return UpstreamErrors::ofStockReply(reply);
}

UpstreamAccessManager::UpstreamAccessManager(const UpstreamOptions& options, QObject* parent)
    : QNetworkAccessManager(parent)
    , m_options(options)
    , m_tls(tlsConfiguration(options))
    , m_pool(std::make_unique<ConnectionPool>(
          ConnectionPool::Options{options.connectTimeout, options.keepAlive, m_tls},
          [this](const Origin& origin) { return proxyFor(origin); }))
{
}

UpstreamAccessManager::~UpstreamAccessManager()
{
    // Before the pool, whose connections they use.
    qDeleteAll(findChildren<UpstreamReply*>(QString(), Qt::FindDirectChildrenOnly));
}

const ConnectionPool& UpstreamAccessManager::pool() const
{
    return *m_pool;
}

QNetworkReply* UpstreamAccessManager::createRequest(
    Operation operation, const QNetworkRequest& request, QIODevice* body)
{
    const bool hasHead = RequestHeads::isSet(request);
    UpstreamReply::Call call;
    call.head = RequestHeads::of(request, operation, body);
    call.origin = Origin::of(request.url());
    if (m_options.http2 && call.origin.isTls) {
        QNetworkRequest stock = RequestHeads::forStockManager(request, call.head);
        stock.setSslConfiguration(m_tls);
        const bool hasBody = call.head.framing.kind != HttpSyntax::Framing::Kind::None;
        return QNetworkAccessManager::createRequest(CustomOperation, stock, hasBody ? body : nullptr);
    }
    call.maxHeaderBytes = m_options.maxHeaderBytes;
    call.providesRawHeaders = !hasHead;
    return new UpstreamReply(m_pool.get(), std::move(call), request, operation, body, this);
}

// As QNetworkAccessManager chooses: its own factory, its own proxy, then the application's and the system's.
QNetworkProxy UpstreamAccessManager::proxyFor(const Origin& origin) const
{
    QUrl url;
    url.setScheme(origin.isTls ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(origin.host);
    url.setPort(origin.port);
    const QNetworkProxyQuery query(url);

    QList<QNetworkProxy> proxies;
    if (QNetworkProxyFactory* factory = proxyFactory())
        proxies = factory->queryProxy(query);
    else if (proxy().type() != QNetworkProxy::DefaultProxy)
        proxies = {proxy()};
    else if (hasProxySettings())
        proxies = QNetworkProxyFactory::proxyForQuery(query);

    const auto isUsable = [](const QNetworkProxy& candidate) {
        return candidate.type() == QNetworkProxy::NoProxy
            || candidate.capabilities().testFlag(QNetworkProxy::TunnelingCapability)
            || candidate.type() == QNetworkProxy::HttpCachingProxy;
    };
    const auto found = std::find_if(proxies.cbegin(), proxies.cend(), isUsable);
    return found == proxies.cend() ? QNetworkProxy(QNetworkProxy::NoProxy) : *found;
}

// Asking the system can block (a configuration script, a service on the bus), so it is asked only where it is
// likely to know a proxy: on a desktop system, and where the environment names one.
bool UpstreamAccessManager::hasProxySettings() const
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return true;
#else
    constexpr std::array variables{
        "http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"};
    const auto isSet = [](const char* name) { return !qEnvironmentVariableIsEmpty(name); };
    const QNetworkProxy::ProxyType type = QNetworkProxy::applicationProxy().type();
    return std::any_of(variables.begin(), variables.end(), isSet)
        || (type != QNetworkProxy::NoProxy && type != QNetworkProxy::DefaultProxy);
#endif
}
