// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeupstream.h"

#include "base/threadholder.h"
#include "support/fakeupstreamconnection.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>
#include <QTest>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

/// A port that stays ours while nobody listens there, so that connections are refused and no other program
/// gets it: a socket that is bound and never listens. With SO_REUSEADDR on both, Linux lets one other socket
/// listen on it, if asked for that port by number.
class ReservedPort final
{
    Q_DISABLE_COPY_MOVE(ReservedPort)

public:
    ReservedPort()
        : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const int on = 1;
        ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(m_socket, generic, size) == 0 && ::getsockname(m_socket, generic, &size) == 0)
            m_number = ntohs(address.sin_port);
    }
    ~ReservedPort() { ::close(m_socket); }

    [[nodiscard]] quint16 number() const { return m_number; }

private:
    int m_socket;
    quint16 m_number = 0; // 0: could not be had
};

/// Accepts, with or without TLS. Lives on the FakeUpstream's thread.
class FakeUpstreamServer final : public QTcpServer
{
    Q_DISABLE_COPY_MOVE(FakeUpstreamServer)

public:
    FakeUpstreamServer(FakeUpstream::Handler handler, FakeUpstreamOptions options, FakeUpstreamLog* log)
        : m_options(std::move(options))
        , m_hooks{std::move(handler), m_options.bodyPlan}
        , m_log(log)
    {
        setListenBacklogSize(4096);
        setMaxPendingConnections(4096);
    }

    bool startListening()
    {
        if (!listen(QHostAddress::LocalHost, m_port.number()))
            return false;
        if (m_options.socketBufferBytes > 0)
            limitSocketBuffers();
        return true;
    }

    void setHandler(FakeUpstream::Handler handler) { m_hooks.handler = std::move(handler); }

    void resumeAll()
    {
        for (const auto& connection : openConnections())
            connection->resume();
    }

    void abortAll()
    {
        for (const auto& connection : openConnections())
            connection->abort();
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        const bool usesTls = !m_options.privateKey.isNull();
        QTcpSocket* socket = usesTls ? new QSslSocket : new QTcpSocket;
        socket->setSocketDescriptor(descriptor);
        m_connections.append(new FakeUpstreamConnection(socket, m_log, &m_hooks, this));
        if (usesTls && !m_options.hangsInHandshake)
            startTls(static_cast<QSslSocket*>(socket));
    }

private:
    void startTls(QSslSocket* socket)
    {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificateChain(m_options.certificateChain);
        configuration.setPrivateKey(m_options.privateKey);
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        configuration.setAllowedNextProtocols({"http/1.1"});
        socket->setSslConfiguration(configuration);
        socket->startServerEncryption();
    }

    /// Connections inherit the listening socket's buffer sizes (tcp(7)); set before the handshake, so that
    /// the advertised window is small from the start.
    void limitSocketBuffers()
    {
        const int bytes = m_options.socketBufferBytes;
        const int descriptor = int(socketDescriptor());
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
        ::setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    }

    QList<QPointer<FakeUpstreamConnection>> openConnections()
    {
        m_connections.removeIf(
            [](const QPointer<FakeUpstreamConnection>& each) { return !each || each->isClosed(); });
        return m_connections;
    }

    ReservedPort m_port;
    FakeUpstreamOptions m_options;
    FakeUpstreamConnection::Hooks m_hooks;
    FakeUpstreamLog* m_log;
    QList<QPointer<FakeUpstreamConnection>> m_connections;
};

FakeUpstream::FakeUpstream(Handler handler, FakeUpstreamOptions options)
    : m_log(std::make_unique<FakeUpstreamLog>())
    , m_thread(std::make_unique<ThreadHolder>(QStringLiteral("fake-upstream")))
    , m_usesTls(!options.privateKey.isNull())
{
    m_thread->run([&] {
        m_server = new FakeUpstreamServer(std::move(handler), std::move(options), m_log.get());
        if (m_server->startListening())
            m_port = m_server->serverPort();
    });
    Q_ASSERT(m_port != 0);
}

FakeUpstream::~FakeUpstream()
{
    m_thread->run([this] { delete m_server; });
    m_thread->stop();
}

QByteArray FakeUpstream::url() const
{
    return (m_usesTls ? "https://127.0.0.1:" : "http://127.0.0.1:") + QByteArray::number(m_port);
}

void FakeUpstream::setHandler(Handler handler)
{
    m_thread->run([&] { m_server->setHandler(std::move(handler)); });
}

void FakeUpstream::release(const QByteArray& name)
{
    m_log->release(name);
    m_thread->run([this] { m_server->resumeAll(); });
}

void FakeUpstream::stopListening()
{
    m_thread->run([this] {
        m_server->close();
        m_server->abortAll();
    });
}

bool FakeUpstream::startListening()
{
    bool isListening = false;
    m_thread->run([&] { isListening = m_server->startListening(); });
    return isListening;
}

bool FakeUpstream::waitForHeads(int count, std::chrono::milliseconds timeout) const
{
    return QTest::qWaitFor([&] { return headCount() >= count; }, int(timeout.count()));
}

bool FakeUpstream::waitForRequests(int count, std::chrono::milliseconds timeout) const
{
    return QTest::qWaitFor([&] { return requests().size() >= count; }, int(timeout.count()));
}

bool FakeUpstream::waitForClosed(int connection, std::chrono::milliseconds timeout) const
{
    return QTest::qWaitFor([&] { return connectionState(connection).isClosed; }, int(timeout.count()));
}
