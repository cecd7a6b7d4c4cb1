// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/upstreamerrors.h"

#include <QSslSocket>
#include <QTcpSocket>

#include <algorithm>
#include <array>

namespace {

UpstreamFailure failure(
    ErrorCode code, QNetworkReply::NetworkError networkError, const QString& message, const Origin& origin)
{
    return {{code, message, origin.displayName()}, networkError};
}

// The order in which certificate problems are named: a self-signed certificate is usually also untrusted and
// often for another name, and an expired one is what an operator can mend.
struct TlsProblem
{
    QSslError::SslError error;
    const char* message; // %1 is the host
};

constexpr std::array tlsProblems{
    TlsProblem{QSslError::CertificateExpired, "the TLS certificate of %1 has expired"},
    TlsProblem{QSslError::CertificateNotYetValid, "the TLS certificate of %1 is not yet valid"},
    TlsProblem{QSslError::CertificateRevoked, "the TLS certificate of %1 has been revoked"},
    TlsProblem{QSslError::SelfSignedCertificate, "the TLS certificate of %1 is self-signed"},
    TlsProblem{QSslError::SelfSignedCertificateInChain,
        "the TLS certificate of %1 comes from an unknown issuer (self-signed certificate in its chain)"},
    TlsProblem{QSslError::HostNameMismatch, "the TLS certificate of %1 is for another host name"},
    TlsProblem{QSslError::UnableToGetLocalIssuerCertificate,
        "the TLS certificate of %1 comes from an unknown issuer"},
    TlsProblem{
        QSslError::UnableToVerifyFirstCertificate, "the TLS certificate of %1 comes from an unknown issuer"},
    TlsProblem{QSslError::CertificateUntrusted, "the TLS certificate of %1 is not trusted"},
};

QString hostText(const char* text, const Origin& origin)
{
    return QString::fromLatin1(text).arg(origin.host);
}

} // namespace

UpstreamFailure UpstreamErrors::ofSocket(const QTcpSocket& socket, const Origin& origin)
{
    const QString name = origin.displayName();
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::ConnectionRefusedError,
            QStringLiteral("connection refused by %1").arg(name), origin);
    case QAbstractSocket::RemoteHostClosedError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::RemoteHostClosedError,
            QStringLiteral("%1 closed the connection").arg(name), origin);
    case QAbstractSocket::HostNotFoundError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::HostNotFoundError,
            QStringLiteral("host %1 not found").arg(origin.host), origin);
    case QAbstractSocket::SocketTimeoutError:
        return failure(ErrorCode::Timeout, QNetworkReply::TimeoutError,
            QStringLiteral("connection to %1 timed out").arg(name), origin);
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError: {
        const auto* tls = qobject_cast<const QSslSocket*>(&socket);
        if (const QList<QSslError> errors = tls ? tls->sslHandshakeErrors() : QList<QSslError>();
            !errors.isEmpty())
            return ofTls(errors, origin);
        return failure(ErrorCode::TlsFailed, QNetworkReply::SslHandshakeFailedError,
            QStringLiteral("the TLS handshake with %1 failed: %2").arg(name, socket.errorString()), origin);
    }
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::ProxyAuthenticationRequiredError,
            QStringLiteral("the network proxy asks for authentication"), origin);
    case QAbstractSocket::ProxyConnectionRefusedError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::ProxyConnectionRefusedError,
            QStringLiteral("connection refused by the network proxy"), origin);
    case QAbstractSocket::ProxyConnectionClosedError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::ProxyConnectionClosedError,
            QStringLiteral("the network proxy closed the connection"), origin);
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return failure(ErrorCode::Timeout, QNetworkReply::ProxyTimeoutError,
            QStringLiteral("connection to the network proxy timed out"), origin);
    case QAbstractSocket::ProxyNotFoundError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::ProxyNotFoundError,
            QStringLiteral("network proxy not found"), origin);
    case QAbstractSocket::ProxyProtocolError:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::UnknownProxyError,
            QStringLiteral("the network proxy refused or cannot be understood"), origin);
    default:
        return failure(ErrorCode::ConnectionFailed, QNetworkReply::UnknownNetworkError,
            QStringLiteral("connection to %1 failed: %2").arg(name, socket.errorString()), origin);
    }
}

UpstreamFailure UpstreamErrors::ofTls(const QList<QSslError>& errors, const Origin& origin)
{
    QString message;
    for (const TlsProblem& problem : tlsProblems) {
        const auto isIt = [&](const QSslError& error) { return error.error() == problem.error; };
        if (std::any_of(errors.begin(), errors.end(), isIt)) {
            message = hostText(problem.message, origin);
            break;
        }
    }
    if (message.isEmpty()) {
        message = QStringLiteral("the TLS certificate of %1 was refused: %2")
                      .arg(origin.host, errors.isEmpty() ? QString() : errors.constFirst().errorString());
    }
    return failure(ErrorCode::TlsFailed, QNetworkReply::SslHandshakeFailedError, message, origin);
}

UpstreamFailure UpstreamErrors::connectTimeout(const Origin& origin, std::chrono::milliseconds limit)
{
    return failure(ErrorCode::Timeout, QNetworkReply::TimeoutError,
        QStringLiteral("no connection to %1 within %2 ms").arg(origin.displayName()).arg(limit.count()),
        origin);
}

UpstreamFailure UpstreamErrors::cancelled(const Origin& origin)
{
    return failure(
        ErrorCode::Cancelled, QNetworkReply::OperationCanceledError, QStringLiteral("cancelled"), origin);
}

UpstreamFailure UpstreamErrors::ofError(const Error& error, const Origin& origin)
{
    const QNetworkReply::NetworkError code = error.code == ErrorCode::ConnectionFailed
        ? QNetworkReply::RemoteHostClosedError
        : QNetworkReply::ProtocolFailure;
    return failure(
        error.code, code, QStringLiteral("%1: %2").arg(origin.displayName(), error.message), origin);
}

Error UpstreamErrors::ofStockReply(const QNetworkReply& reply)
{
    const Origin origin = Origin::of(reply.url());
    // errorString() of the stock reply quotes URLs, whose query may hold a key; these words do not.
    const auto make = [&](ErrorCode code, const char* message) {
        return Error{code, hostText(message, origin), origin.displayName()};
    };
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return make(ErrorCode::ConnectionFailed, "connection refused by %1");
    case QNetworkReply::RemoteHostClosedError:
        return make(ErrorCode::ConnectionFailed, "%1 closed the connection");
    case QNetworkReply::HostNotFoundError:
        return make(ErrorCode::ConnectionFailed, "host %1 not found");
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
        return make(ErrorCode::Timeout, "connection to %1 timed out");
    case QNetworkReply::OperationCanceledError:
        return make(ErrorCode::Cancelled, "cancelled");
    case QNetworkReply::SslHandshakeFailedError:
        return make(ErrorCode::TlsFailed, "the TLS handshake with %1 failed");
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return make(ErrorCode::ProtocolError, "invalid answer of %1");
    default:
        return make(ErrorCode::ConnectionFailed, "connection to %1 failed");
    }
}
