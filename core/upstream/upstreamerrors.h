// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Failures of an upstream call as the two values a reply carries: our Error, whose message a consumer may
// read (it names hosts and causes, never paths, queries or keys), and Qt's code. Stateless.

#include "base/result.h"
#include "upstream/origin.h"

#include <QNetworkReply>
#include <QSslError>

#include <chrono>

class QSslSocket;
class QTcpSocket;

struct UpstreamFailure
{
    Error error;
    QNetworkReply::NetworkError code = QNetworkReply::NoError;
};

namespace UpstreamErrors {

/// Why the socket failed, read from its error(), and for TLS from its handshake errors.
[[nodiscard]] UpstreamFailure ofSocket(const QTcpSocket& socket, const Origin& origin);
/// The certificate problem that tells most: expired, self-signed, other host name, unknown issuer, ...
[[nodiscard]] UpstreamFailure ofTls(const QList<QSslError>& errors, const Origin& origin);
[[nodiscard]] UpstreamFailure connectTimeout(const Origin& origin, std::chrono::milliseconds limit);
[[nodiscard]] UpstreamFailure cancelled(const Origin& origin);
/// An error of the parser or of the request body; its subject becomes the origin.
[[nodiscard]] UpstreamFailure ofError(const Error& error, const Origin& origin);
/// From a code of the stock QNetworkAccessManager.
[[nodiscard]] Error ofStockReply(const QNetworkReply& reply);

} // namespace UpstreamErrors
