// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakelangfuseserver.h"

#include "base/httpsyntax.h"

#include <QCryptographicHash>
#include <QTcpSocket>
#include <QTimer>

#include <utility>

namespace {

LangfuseRoute routeOf(const LangfuseRequest& request)
{
    const QByteArray path = request.target.split('?').first();
    if (request.method == "POST" && path == "/api/public/otel/v1/traces")
        return LangfuseRoute::Traces;
    if (request.method == "POST" && path == "/api/public/ingestion")
        return LangfuseRoute::Ingestion;
    if (request.method == "GET" && path == "/api/public/health")
        return LangfuseRoute::Health;
    if (request.method == "GET" && path == "/api/public/projects")
        return LangfuseRoute::Projects;
    if (request.method == "POST" && path == "/api/public/media")
        return LangfuseRoute::MediaCreate;
    if (request.method == "PATCH" && path.startsWith("/api/public/media/"))
        return LangfuseRoute::MediaPatch;
    return request.method == "PUT" ? LangfuseRoute::MediaUpload : LangfuseRoute::Unknown;
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
    request.route = routeOf(request);
    const auto scripted = m_state->takeScripted(request.route);
    FakeLangfuseRules::Verdict verdict;
    if (!scripted || request.route == LangfuseRoute::Traces || request.route == LangfuseRoute::Ingestion)
        verdict = judge(request, body);
    request.spans = verdict.spans.size() + verdict.events.size();
    request.status = verdict.answer.status;
    bool isTaken = verdict.answer.status == 200 || verdict.answer.status == 207;
    if (scripted) {
        using Kind = LangfuseAnswer::Kind;
        const bool hasStatus = scripted->kind != Kind::Hang && scripted->kind != Kind::Reset
            && scripted->kind != Kind::AcceptThenReset;
        request.status = hasStatus ? scripted->status : 0;
        isTaken = request.status / 100 == 2 || scripted->kind == Kind::AcceptThenReset;
    }
    if (isTaken) {
        m_state->addSpans(verdict.spans);
        m_state->addEvents(verdict.events);
    }
    m_state->addRequest(request);
    if (scripted)
        answerScripted(socket, *scripted);
    else
        send(socket, verdict.answer.status, verdict.answer.headers, verdict.answer.body);
}

FakeLangfuseRules::Verdict FakeLangfuseServer::judge(const LangfuseRequest& request, const QByteArray& body)
{
    using namespace FakeLangfuseRules;
    switch (request.route) {
    case LangfuseRoute::Traces:
        return traces(*m_state, request, body);
    case LangfuseRoute::Ingestion:
        return ingestion(*m_state, request, body);
    case LangfuseRoute::Health:
        return {.answer = {.body = R"({"status":"OK","version":")" + m_state->version() + "\"}"}};
    case LangfuseRoute::Projects:
        if (request.headers.value("Authorization") != m_state->authorization())
            return {.answer = {.status = 401, .body = message("Invalid credentials")}};
        return {.answer = {.body = R"({"data":[{"id":"project-1","name":"test","metadata":{}}]})"}};
    case LangfuseRoute::MediaCreate:
        return {.answer
            = createMedia(m_state, request, body, "http://127.0.0.1:" + QByteArray::number(serverPort()))};
    case LangfuseRoute::MediaUpload:
        return {.answer = uploadMedia(m_state, request, body)};
    case LangfuseRoute::MediaPatch:
        return {.answer = patchMedia(m_state, request, body)};
    case LangfuseRoute::Unknown:
        break;
    }
    return {.answer = {.status = 404, .body = message("Not Found")}};
}

void FakeLangfuseServer::answerScripted(QTcpSocket* socket, const LangfuseAnswer& scripted)
{
    using Kind = LangfuseAnswer::Kind;
    switch (scripted.kind) {
    case Kind::Hang:
        return;
    case Kind::Reset:
    case Kind::AcceptThenReset:
        socket->abort();
        return;
    case Kind::CutAnswer:
    case Kind::HangingAnswer:
        socket->write(statusLine(scripted.status)
            + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n" + scripted.body);
        if (scripted.kind == Kind::CutAnswer)
            socket->disconnectFromHost();
        return;
    case Kind::Answer:
        QTimer::singleShot(scripted.delay, socket,
            [socket, scripted] { send(socket, scripted.status, scripted.headers, scripted.body); });
        return;
    }
}
