// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/requesthead.h"

#include <QIODevice>
#include <QUrl>
#include <QVariant>

#include <algorithm>
#include <array>

namespace {

constexpr auto headAttribute = QNetworkRequest::Attribute(QNetworkRequest::User + 1);

QByteArray methodOf(const QNetworkRequest& request, QNetworkAccessManager::Operation operation)
{
    switch (operation) {
    case QNetworkAccessManager::HeadOperation:
        return "HEAD";
    case QNetworkAccessManager::GetOperation:
        return "GET";
    case QNetworkAccessManager::PutOperation:
        return "PUT";
    case QNetworkAccessManager::PostOperation:
        return "POST";
    case QNetworkAccessManager::DeleteOperation:
        return "DELETE";
    case QNetworkAccessManager::CustomOperation:
    case QNetworkAccessManager::UnknownOperation:
        break;
    }
    return request.attribute(QNetworkRequest::CustomVerbAttribute).toByteArray();
}

QByteArray targetOf(const QUrl& url)
{
    const QByteArray target
        = url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority | QUrl::RemoveFragment);
    return target.startsWith('/') ? target : '/' + target;
}

HttpSyntax::Framing framingOf(const QNetworkRequest& request, const QByteArray& method, const QIODevice* body)
{
    if (!body)
        return method == "POST" || method == "PUT" ? HttpSyntax::Framing{HttpSyntax::Framing::Kind::Length, 0}
                                                   : HttpSyntax::Framing{}; // RFC 9110 8.6
    if (!body->isSequential())
        return {HttpSyntax::Framing::Kind::Length, body->size() - body->pos()};
    if (const auto length = HttpSyntax::parseDecimal(request.rawHeader("Content-Length")))
        return {HttpSyntax::Framing::Kind::Length, *length};
    return {HttpSyntax::Framing::Kind::Chunked, -1};
}

// What belongs to one connection (RFC 9110 7.6.1) or is written anew.
bool isConnectionHeader(QByteArrayView name)
{
    constexpr std::array<QByteArrayView, 9> names{"host", "content-length", "transfer-encoding", "connection",
        "keep-alive", "proxy-connection", "te", "trailer", "upgrade"};
    return std::any_of(
        names.begin(), names.end(), [&](QByteArrayView known) { return isSameHeaderName(name, known); });
}

} // namespace

RequestHead RequestHeads::of(
    const QNetworkRequest& request, QNetworkAccessManager::Operation operation, const QIODevice* body)
{
    if (isSet(request))
        return request.attribute(headAttribute).value<RequestHead>();
    RequestHead head;
    head.method = methodOf(request, operation);
    head.target = targetOf(request.url());
    const QList<QByteArray> names = request.rawHeaderList();
    for (const QByteArray& name : names) {
        if (!isConnectionHeader(name))
            head.headers.append(name, request.rawHeader(name));
    }
    head.framing = framingOf(request, head.method, body);
    return head;
}

bool RequestHeads::isSet(const QNetworkRequest& request)
{
    return request.attribute(headAttribute).isValid();
}

void RequestHeads::set(QNetworkRequest* request, const RequestHead& head)
{
    request->setAttribute(headAttribute, QVariant::fromValue(head));
}

QNetworkRequest RequestHeads::forStockManager(const QNetworkRequest& request, const RequestHead& head)
{
    QUrl url = request.url();
    url.setPath(QString::fromLatin1(head.path()), QUrl::TolerantMode);
    url.setQuery(head.target.contains('?') ? QString::fromLatin1(head.query()) : QString());

    QNetworkRequest stock(url);
    for (const Header& header : head.headers) {
        if (isConnectionHeader(header.name) || stock.hasRawHeader(header.name))
            continue;
        const QByteArray glue = isSameHeaderName(header.name, "cookie") ? "; " : ", ";
        stock.setRawHeader(header.name, head.headers.values(header.name).join(glue));
    }
    // Qt decodes an answer only when it has chosen the Accept-Encoding itself.
    if (!stock.hasRawHeader("Accept-Encoding"))
        stock.setRawHeader("Accept-Encoding", "identity");
    if (head.framing.kind == HttpSyntax::Framing::Kind::Length) {
        stock.setHeader(QNetworkRequest::ContentLengthHeader, head.framing.contentLength);
        stock.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    }
    stock.setAttribute(QNetworkRequest::CustomVerbAttribute, head.method);
    stock.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    stock.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    stock.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    stock.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    stock.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    stock.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    stock.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    return stock;
}
