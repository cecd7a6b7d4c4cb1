// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// UpstreamAccessManager: a QNetworkAccessManager whose createRequest() returns our own reply over pooled
// sockets: same thread, header bytes as given, bodies never decoded. Lives on the engine thread; owned by the
// Engine.
//
// The request head travels as an attribute, because QNetworkRequest cannot repeat a header:
//   QNetworkRequest request(url);   // scheme, host and port name the origin; the target comes from the head
//   setUpstreamHead(&request, head);
//   QNetworkReply* reply = manager.sendCustomRequest(request, head.method, body);
// The body device is a BytePipe (or any QIODevice): sequential ones are read as they fill, until
// readChannelFinished(). Its framing on the wire is head.framing: none, Content-Length, or chunked.

#include "base/messagehead.h"
#include "base/result.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <chrono>
#include <memory>

struct UpstreamOptions
{
    bool http2 = false; // https origins go through the stock manager then
    std::chrono::milliseconds connectTimeout{30000}; // DNS, TCP and TLS together
    std::chrono::milliseconds keepAlive{55000}; // an idle pooled connection is closed after this
    qsizetype maxHeaderBytes = 256 * 1024; // of a response head
    /// PEM file that takes the place of the system's CA certificates, as in OpenSSL; empty: what
    /// SSL_CERT_FILE names, else the system's.
    QString caCertificateFile;
    QList<QSslCertificate> extraCaCertificates; // trusted besides
};

/// The head of the request to send. `target` is origin-form with the base URL's path prefix already in it,
/// `headers` are end-to-end headers; Host and the framing fields among them only mark their places, their
/// values come from the URL and from `framing`, which tells how the body is sent.
void setUpstreamHead(QNetworkRequest* request, const RequestHead& head);

/// The response head of a reply of either kind; valid from metaDataChanged() on.
[[nodiscard]] ResponseHead responseHeadOf(const QNetworkReply& reply);
/// The transfer itself failed. Not the same as error() != NoError: the stock manager also calls a complete
/// answer with status 4xx or 5xx an error.
[[nodiscard]] bool hasUpstreamFailed(const QNetworkReply& reply);
/// Every body byte that waits to be read; without a copy from a reply of our own. Prefer it to readAll(),
/// which allocates 16 KiB for each chunk however small.
[[nodiscard]] QByteArray takeBodyOf(QNetworkReply* reply);
/// Trailer fields of a chunked response; complete at finished().
[[nodiscard]] HeaderList responseTrailersOf(const QNetworkReply& reply);
/// Why the reply failed: Timeout, ConnectionFailed, TlsFailed, ProtocolError, Cancelled; valid at finished()
/// when hasUpstreamFailed(). The message names the cause in words fit for the consumer.
[[nodiscard]] Error upstreamErrorOf(const QNetworkReply& reply);

class ConnectionPool;
struct Origin;

/// Of the replies of our own, UpstreamReply (upstream/upstreamreply.h) has signals of its own besides:
/// interimReceived() and requestSent().
class UpstreamAccessManager final : public QNetworkAccessManager
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(UpstreamAccessManager)

public:
    explicit UpstreamAccessManager(const UpstreamOptions& options, QObject* parent = nullptr);
    ~UpstreamAccessManager() override;

    [[nodiscard]] const ConnectionPool& pool() const;

protected:
    QNetworkReply* createRequest(
        Operation operation, const QNetworkRequest& request, QIODevice* body) override;

private:
    [[nodiscard]] QNetworkProxy proxyFor(const Origin& origin) const;
    [[nodiscard]] bool hasProxySettings() const;

    UpstreamOptions m_options;
    QSslConfiguration m_tls;
    std::unique_ptr<ConnectionPool> m_pool;
};
