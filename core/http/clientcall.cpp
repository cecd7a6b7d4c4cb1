// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/clientcall.h"

#include "http/clientconnection.h"
#include "http/refusal.h"

// After its end the call is detached from its connection, and every function of it does nothing.

ClientCall::ClientCall(ClientConnection* connection, RequestHead head)
    : QObject(connection)
    , m_connection(connection)
    , m_head(std::move(head))
{
}

ClientCall::~ClientCall() = default;

bool ClientCall::isFromLoopback() const
{
    return isOpen() && m_connection->isPeerLoopback();
}

void ClientCall::startBody()
{
    if (isOpen())
        m_connection->startBody();
}

void ClientCall::setBodyPaused(bool paused)
{
    if (isOpen())
        m_connection->setBodyPaused(paused);
}

void ClientCall::sendHead(const ResponseHead& head, qint64 contentLength)
{
    if (!isOpen() || m_headSent)
        return;
    m_headSent = true;
    m_connection->sendHead(head, contentLength);
}

void ClientCall::sendInterim(const ResponseHead& head)
{
    if (isOpen() && !m_headSent && m_head.minorVersion > 0)
        m_connection->sendInterim(head);
}

void ClientCall::sendBody(const QByteArray& bytes)
{
    if (isOpen())
        m_connection->sendBody(bytes);
}

void ClientCall::end(const HeaderList& trailers)
{
    if (isOpen())
        m_connection->endResponse(trailers);
}

void ClientCall::cut()
{
    if (isOpen())
        m_connection->cutResponse();
}

void ClientCall::respond(
    int status, QByteArray contentType, const QByteArray& body, const HeaderList& headers)
{
    ResponseHead head{status, reasonPhrase(status), HeaderList{{"Content-Type", std::move(contentType)}}};
    for (const Header& header : headers)
        head.headers.append(header.name, header.value);
    sendHead(head, body.size());
    sendBody(body);
    end();
}

qint64 ClientCall::bytesToWrite() const
{
    return isOpen() ? m_connection->bytesToWrite() : 0;
}

bool ClientCall::isOpen() const
{
    return m_connection->isOpenCall(this);
}
