// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upstream/requestserializer.h"

#include <algorithm>
#include <array>

namespace {

constexpr qsizetype typicalHeadBytes = 1024;

bool isTarget(QByteArrayView target)
{
    const auto isForbidden = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; };
    return !target.isEmpty() && std::none_of(target.begin(), target.end(), isForbidden);
}

bool isOneLine(QByteArrayView value)
{
    const auto isForbidden = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
    return std::none_of(value.begin(), value.end(), isForbidden);
}

Error invalid(const char* what)
{
    return {ErrorCode::Internal,
        QStringLiteral("the request cannot be sent: invalid ") + QString::fromLatin1(what), {}};
}

bool isFraming(const Header& header)
{
    return isSameHeaderName(header.name, "content-length")
        || isSameHeaderName(header.name, "transfer-encoding");
}

QByteArrayView framingFieldOf(const HttpSyntax::Framing& framing)
{
    switch (framing.kind) {
    case HttpSyntax::Framing::Kind::Length:
        return "Content-Length";
    case HttpSyntax::Framing::Kind::Chunked:
        return "Transfer-Encoding";
    case HttpSyntax::Framing::Kind::None:
        break;
    }
    return {};
}

QByteArray framingValueOf(const HttpSyntax::Framing& framing)
{
    return framing.kind == HttpSyntax::Framing::Kind::Length ? QByteArray::number(framing.contentLength)
                                                             : QByteArray("chunked");
}

} // namespace

Result<QByteArray> RequestSerializer::serialize(const RequestHead& head, const Route& route)
{
    if (!HttpSyntax::isToken(head.method))
        return invalid("method");
    if (!isTarget(head.target))
        return invalid("target");

    QByteArray bytes;
    bytes.reserve(typicalHeadBytes);
    bytes.append(head.method).append(' ');
    if (route.absoluteForm)
        bytes.append("http://").append(route.host);
    bytes.append(head.target).append(" HTTP/1.1\r\n");
    if (!head.headers.contains("host"))
        bytes.append("Host: ").append(route.host).append("\r\n");
    const QByteArrayView framingName = framingFieldOf(head.framing);
    bool isFramed = framingName.isEmpty();
    for (const Header& header : head.headers) {
        if (!HttpSyntax::isToken(header.name) || !isOneLine(header.value))
            return invalid("header");
        if (isSameHeaderName(header.name, "host")) {
            bytes.append(header.name).append(": ").append(route.host).append("\r\n");
        } else if (!isFraming(header)) {
            bytes.append(header.name).append(": ").append(header.value).append("\r\n");
        } else if (!isFramed && isSameHeaderName(header.name, framingName)) {
            // The consumer's own field keeps its place and spelling.
            bytes.append(header.name).append(": ").append(framingValueOf(head.framing)).append("\r\n");
            isFramed = true;
        }
    }
    if (!route.proxyAuthorization.isEmpty())
        bytes.append("Proxy-Authorization: ").append(route.proxyAuthorization).append("\r\n");

    if (!isFramed)
        bytes.append(framingName).append(": ").append(framingValueOf(head.framing)).append("\r\n");
    bytes.append("\r\n");
    return bytes;
}

bool RequestSerializer::isIdempotent(QByteArrayView method)
{
    constexpr std::array<QByteArrayView, 6> methods{"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"};
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}
