// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfuseserver.h"

#include "base/httpsyntax.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QTimer>

#include <zlib.h>

#include <utility>

namespace {

constexpr char tracesPath[] = "/api/public/otel/v1/traces";

// Nothing for bad data, as in the real server.
std::optional<QByteArray> gunzip(const QByteArray& bytes)
{
    z_stream stream = {};
    if (inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    QByteArray out;
    int result = Z_OK;
    while (result == Z_OK) {
        char block[64 * 1024];
        stream.next_out = reinterpret_cast<Bytef*>(block);
        stream.avail_out = sizeof block;
        result = inflate(&stream, Z_NO_FLUSH);
        out.append(block, static_cast<qsizetype>(sizeof block - stream.avail_out));
    }
    inflateEnd(&stream);
    if (result != Z_STREAM_END)
        return {};
    return out;
}

QByteArray statusLine(int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Scripted\r\n";
}

void send(QTcpSocket* socket, int status, HeaderList headers, const QByteArray& body)
{
    headers.set("Content-Length", QByteArray::number(body.size()));
    if (!headers.contains("Content-Type"))
        headers.append("Content-Type", "application/json");
    QByteArray out = statusLine(status);
    headers.appendTo(&out);
    socket->write(out + "\r\n" + body);
}

QByteArray message(const QByteArray& text)
{
    return "{\"message\":\"" + text + "\"}";
}

} // namespace

FakeLangfuseServer::FakeLangfuseServer(FakeLangfuseState* state)
    : m_state(state)
{
    connect(this, &QTcpServer::newConnection, this, &FakeLangfuseServer::accept);
}

void FakeLangfuseServer::goDown()
{
    close();
    const QList<QTcpSocket*> sockets = m_buffers.keys();
    for (QTcpSocket* socket : sockets)
        socket->abort();
}

void FakeLangfuseServer::accept()
{
    while (QTcpSocket* socket = nextPendingConnection()) {
        m_buffers.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void FakeLangfuseServer::read(QTcpSocket* socket)
{
    QByteArray& buffer = m_buffers[socket];
    buffer += socket->readAll();
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const qsizetype lineEnd = buffer.indexOf("\r\n");
    const auto fields
        = HttpSyntax::parseFields(QByteArrayView(buffer).sliced(lineEnd + 2, headEnd - lineEnd));
    const QList<QByteArray> words = buffer.first(lineEnd).split(' ');
    if (!fields || words.size() != 3) {
        socket->abort();
        return;
    }
    const qsizetype length = fields->value("Content-Length").toLongLong();
    if (buffer.size() < headEnd + 4 + length)
        return;
    const QByteArray body = buffer.sliced(headEnd + 4, length);
    LangfuseRequest request;
    request.method = words[0];
    request.target = words[1];
    request.headers = *fields;
    request.bodyBytes = body.size();
    request.bodySha256 = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    buffer.remove(0, headEnd + 4 + length);
    handle(socket, request, body);
}

void FakeLangfuseServer::handle(QTcpSocket* socket, LangfuseRequest request, const QByteArray& body)
{
    if (request.method == "GET" && request.target.startsWith("/api/public/health")) {
        send(socket, 200, {}, R"({"status":"OK","version":"4.16.0"})");
        return;
    }
    if (request.method != "POST" || request.target != tracesPath) {
        send(socket, 404, {}, message("Not Found"));
        return;
    }
    QList<LangfuseSpan> spans;
    const Answer answer = judge(request, body, &spans);
    request.spans = spans.size();
    if (const auto scripted = m_state->takeScripted()) {
        handleScripted(socket, request, *scripted, spans);
        return;
    }
    request.status = answer.status;
    if (answer.status == 200)
        m_state->addSpans(spans);
    m_state->addRequest(request);
    send(socket, answer.status, answer.headers, answer.body);
}

void FakeLangfuseServer::handleScripted(QTcpSocket* socket, LangfuseRequest request,
    const LangfuseAnswer& scripted, const QList<LangfuseSpan>& spans)
{
    using Kind = LangfuseAnswer::Kind;
    request.status = scripted.kind == Kind::Answer ? scripted.status : 0;
    const bool isAccepted = request.status == 200 || scripted.kind == Kind::AcceptThenReset;
    if (isAccepted)
        m_state->addSpans(spans);
    m_state->addRequest(request);
    if (scripted.kind == Kind::Hang)
        return;
    if (scripted.kind != Kind::Answer) {
        socket->abort();
        return;
    }
    QTimer::singleShot(scripted.delay, socket,
        [socket, scripted] { send(socket, scripted.status, scripted.headers, scripted.body); });
}

// In the order of the real route (langfuse.md 1a).
FakeLangfuseServer::Answer FakeLangfuseServer::judge(
    const LangfuseRequest& request, const QByteArray& body, QList<LangfuseSpan>* spans)
{
    if (const qsizetype limit = m_state->maxBodyBytes(); limit > 0 && body.size() > limit)
        return {.status = 413, .headers = {{"Content-Type", "text/html"}}, .body = "<h1>413</h1>"};
    if (request.headers.value("Authorization") != m_state->authorization())
        return {.status = 401,
            .body = message("Invalid credentials. Confirm that you've configured the correct host.")};
    bool isNumber = true;
    const QByteArray version = request.headers.value("x-langfuse-ingestion-version");
    if (!version.isEmpty() && (version.toDouble(&isNumber) > 4 || !isNumber))
        return {.status = 400, .body = message("Invalid x-langfuse-ingestion-version")};
    if (!request.headers.value("Content-Type").contains("application/x-protobuf"))
        return {.status = 400, .body = R"({"error":"Invalid content type"})"};
    std::optional<QByteArray> protobuf = body;
    if (request.headers.value("Content-Encoding").contains("gzip"))
        protobuf = gunzip(body);
    if (!protobuf)
        return {.status = 400, .body = message("Failed to decompress gzip")};
    const auto decoded = decodeOtlpRequest(*protobuf);
    if (!decoded)
        return {.status = 400, .body = message(decoded.error().message.toUtf8())};
    *spans = *decoded;
    for (const LangfuseSpan& span : *decoded) {
        if (m_state->isRefused(span))
            return {.status = 400, .body = message("span " + span.spanId + " is not acceptable")};
    }
    return {.body = R"({"message":"OK"})"};
}
