// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/fakeupstreamconnection.h"

#include <QSslConfiguration>
#include <QSslSocket>

#include <sys/socket.h>

namespace {
constexpr qint64 writeAheadBytes = 256 * 1024;
constexpr qint64 readBufferBytes = 64 * 1024;
} // namespace

FakeUpstreamConnection::FakeUpstreamConnection(
    QTcpSocket* socket, FakeUpstreamLog* log, const Hooks* hooks, QObject* parent)
    : QObject(parent)
    , m_socket(socket)
    , m_tlsSocket(qobject_cast<QSslSocket*>(socket))
    , m_log(log)
    , m_hooks(hooks)
    , m_number(log->addConnection())
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(readBufferBytes);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, [this] {
        if (!m_readTick.isActive())
            readSocket();
    });
    connect(m_socket, &QTcpSocket::disconnected, this, &FakeUpstreamConnection::socketClosed);
    connect(m_socket, &QTcpSocket::bytesWritten, this, [this](qint64 bytes) {
        m_log->addSent(m_number, bytes);
        play();
    });
    if (m_tlsSocket) {
        connect(m_tlsSocket, &QSslSocket::encryptedBytesWritten, this, &FakeUpstreamConnection::play);
        connect(m_tlsSocket, &QSslSocket::encrypted, this,
            [this] { m_log->setAlpn(m_number, m_tlsSocket->sslConfiguration().nextNegotiatedProtocol()); });
    }
    m_delayTimer.setSingleShot(true);
    m_delayTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_delayTimer, &QTimer::timeout, this, &FakeUpstreamConnection::play);
    m_readTick.setInterval(10);
    connect(&m_readTick, &QTimer::timeout, this, &FakeUpstreamConnection::readSocket);
}

void FakeUpstreamConnection::resume()
{
    readSocket();
    play();
}

void FakeUpstreamConnection::abort()
{
    m_socket->abort();
    socketClosed();
}

void FakeUpstreamConnection::readSocket()
{
    // What comes while a script runs stays in the socket: the next request.
    while (!m_isClosed && (m_phase == Phase::Head || m_phase == Phase::Body)) {
        const QByteArray bytes = readPart();
        if (bytes.isEmpty() && (m_phase == Phase::Body || !m_input.contains("\r\n\r\n")))
            return;
        m_log->addReceived(m_number, bytes.size());
        m_input += bytes;
        parse();
        if (m_readTick.isActive())
            return;
    }
}

QByteArray FakeUpstreamConnection::readPart()
{
    return m_phase == Phase::Head ? readHeadPart() : m_socket->read(bodyAllowance());
}

QByteArray FakeUpstreamConnection::readHeadPart()
{
    // Not a byte of the body before the plan says how it is to be read.
    const QByteArray waiting = m_socket->peek(readBufferBytes);
    const qsizetype end = QByteArray(m_input + waiting).indexOf("\r\n\r\n");
    return m_socket->read(end < 0 ? waiting.size() : qMax<qint64>(0, end + 4 - m_input.size()));
}

qint64 FakeUpstreamConnection::bodyAllowance() const
{
    qint64 allowance = m_plan.bytesPerTick > 0 ? m_plan.bytesPerTick : readBufferBytes;
    if (m_framing.kind == HttpSyntax::Framing::Kind::Length)
        allowance = qMin<qint64>(allowance, m_framing.contentLength - m_request.body.size());
    if (m_plan.pauseAfterBytes >= 0 && !m_log->isReleased(m_plan.resumeName))
        allowance = qBound<qint64>(0, m_plan.pauseAfterBytes - m_request.rawBody.size(), allowance);
    return allowance;
}

qint64 FakeUpstreamConnection::bytesToWrite() const
{
    return m_socket->bytesToWrite() + (m_tlsSocket ? m_tlsSocket->encryptedBytesToWrite() : 0);
}

void FakeUpstreamConnection::parse()
{
    while (m_phase == Phase::Head || m_phase == Phase::Body) {
        if (!(m_phase == Phase::Head ? parseHead() : parseBody()))
            return;
    }
}

bool FakeUpstreamConnection::parseHead()
{
    const qsizetype end = m_input.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    m_request = {};
    m_request.connection = m_number;
    m_request.rawHead = m_input.first(end + 4);
    m_input.remove(0, end + 4);

    const qsizetype lineEnd = m_request.rawHead.indexOf("\r\n");
    const QList<QByteArray> line = m_request.rawHead.first(lineEnd).split(' ');
    if (line.size() != 3 || !line.at(2).startsWith("HTTP/1.")) {
        reject(QStringLiteral("request line"));
        return false;
    }
    m_request.method = line.at(0);
    m_request.target = line.at(1);
    const QByteArrayView fields(m_request.rawHead);
    const auto headers = HttpSyntax::parseFields(fields.sliced(lineEnd + 2, end - lineEnd));
    if (!headers) {
        reject(headers.error().message);
        return false;
    }
    m_request.headers = *headers;
    const auto framing = HttpSyntax::parseFraming(m_request.headers);
    if (!framing) {
        reject(framing.error().message);
        return false;
    }
    m_framing = *framing;
    m_chunked = {};
    m_log->addHead(m_request);
    m_plan = m_hooks->bodyPlan ? m_hooks->bodyPlan(m_request) : BodyPlan();
    m_phase = Phase::Body;
    if (m_plan.bytesPerTick > 0)
        m_readTick.start();
    m_socket->write(m_plan.interimBytes);
    m_socket->flush();
    if (m_plan.answersAtOnce)
        startScript();
    return true;
}

bool FakeUpstreamConnection::parseBody()
{
    using Kind = HttpSyntax::Framing::Kind;
    const qsizetype bodyBefore = m_request.body.size();
    qsizetype taken = 0;
    bool isComplete = m_framing.kind == Kind::None;
    if (m_framing.kind == Kind::Length) {
        taken = qMin<qint64>(m_input.size(), m_framing.contentLength - m_request.body.size());
        m_request.body += m_input.first(taken);
        isComplete = m_request.body.size() == m_framing.contentLength;
    } else if (m_framing.kind == Kind::Chunked) {
        const auto decoded = m_chunked.decode(m_input, &m_request.body);
        if (!decoded) {
            reject(decoded.error().message);
            return false;
        }
        taken = *decoded;
        isComplete = m_chunked.isFinished();
        m_request.trailers = m_chunked.trailers();
    }
    const QByteArrayView raw = QByteArrayView(m_input).first(taken);
    m_request.rawBody.append(raw);
    m_log->addBody(m_number, QByteArrayView(m_request.body).sliced(bodyBefore), raw);
    m_input.remove(0, taken);
    if (isComplete)
        requestComplete();
    return isComplete;
}

void FakeUpstreamConnection::requestComplete()
{
    m_phase = Phase::Done;
    m_readTick.stop();
    m_request.isComplete = true;
    m_log->addRequest(m_request);
    if (m_scriptStarted)
        play();
    else
        startScript();
}

void FakeUpstreamConnection::startScript()
{
    m_steps = m_hooks->handler(m_request).steps();
    m_step = 0;
    m_sentRepeats = 0;
    m_delayStarted = false;
    m_scriptStarted = true;
    play();
}

void FakeUpstreamConnection::play()
{
    if (m_isPlaying || !m_scriptStarted)
        return; // write() may emit bytesWritten() from inside a step
    m_isPlaying = true;
    while (!m_isClosed && m_step < m_steps.size() && playStep(m_steps.at(m_step))) {
        ++m_step;
        m_sentRepeats = 0;
        m_delayStarted = false;
    }
    m_isPlaying = false;
    if (m_isClosed || m_step < m_steps.size() || m_phase != Phase::Done)
        return;
    m_scriptStarted = false;
    m_phase = Phase::Head;
    QMetaObject::invokeMethod(
        this, [this] { readSocket(); }, Qt::QueuedConnection);
}

bool FakeUpstreamConnection::playStep(const ScriptStep& step)
{
    const bool isDrained = bytesToWrite() == 0;
    switch (step.kind) {
    case ScriptStep::Kind::Send:
        return playSend(step);
    case ScriptStep::Kind::WaitForRelease:
        return m_log->isReleased(step.name);
    case ScriptStep::Kind::Delay:
        return playDelay(step);
    case ScriptStep::Kind::Reset:
        if (isDrained)
            resetNow();
        return isDrained;
    case ScriptStep::Kind::Close:
        if (isDrained)
            m_socket->disconnectFromHost();
        return isDrained;
    case ScriptStep::Kind::HalfClose:
        if (isDrained)
            ::shutdown(int(m_socket->socketDescriptor()), SHUT_WR);
        return isDrained;
    case ScriptStep::Kind::Hang:
        return false;
    }
    return false;
}

bool FakeUpstreamConnection::playSend(const ScriptStep& step)
{
    while (m_sentRepeats < step.repeats) {
        if (bytesToWrite() > writeAheadBytes)
            return false;
        m_socket->write(step.bytes);
        m_socket->flush();
        if (m_isClosed)
            return false;
        ++m_sentRepeats;
    }
    return true;
}

bool FakeUpstreamConnection::playDelay(const ScriptStep& step)
{
    if (m_delayStarted)
        return !m_delayTimer.isActive();
    m_delayStarted = true;
    m_delayTimer.start(step.duration);
    return false;
}

void FakeUpstreamConnection::resetNow()
{
    const linger discard{1, 0}; // with a zero time close() sends RST (socket(7))
    ::setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &discard, sizeof discard);
    abort();
}

void FakeUpstreamConnection::reject(const QString& why)
{
    m_log->addViolation(why);
    m_phase = Phase::Broken;
    m_socket->disconnectFromHost();
}

void FakeUpstreamConnection::socketClosed()
{
    if (m_isClosed)
        return;
    m_isClosed = true;
    m_readTick.stop();
    m_delayTimer.stop();
    m_log->setClosed(m_number);
    deleteLater();
}
