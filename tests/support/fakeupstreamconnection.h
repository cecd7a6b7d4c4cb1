// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeUpstreamConnection: one accepted connection of a FakeUpstream: reads requests and plays their scripts,
// one after another. Lives on the server's thread; owned by the server, to which `onClosed` tells its end.

#include "base/chunkeddecoder.h"
#include "base/httpsyntax.h"
#include "support/fakeupstream.h"

#include <QObject>
#include <QTimer>

class QSslSocket;
class QTcpSocket;

class FakeUpstreamConnection final : public QObject
{
    Q_DISABLE_COPY_MOVE(FakeUpstreamConnection)

public:
    struct Hooks
    {
        FakeUpstream::Handler handler;
        std::function<BodyPlan(const ReceivedRequest&)> bodyPlan;
    };

    /// Takes the socket. The log outlives the connection; hooks are read at each request.
    FakeUpstreamConnection(QTcpSocket* socket, FakeUpstreamLog* log, const Hooks* hooks, QObject* parent);

    [[nodiscard]] bool isClosed() const { return m_isClosed; }
    /// A name has been released: goes on where that was awaited.
    void resume();
    /// Cuts the connection now.
    void abort();

private:
    void readSocket();
    [[nodiscard]] QByteArray readPart();
    [[nodiscard]] QByteArray readHeadPart();
    [[nodiscard]] qint64 bodyAllowance() const;
    [[nodiscard]] qint64 bytesToWrite() const;
    void parse();
    [[nodiscard]] bool parseHead();
    [[nodiscard]] bool parseBody();
    void requestComplete();
    void startScript();
    void play();
    /// False: the step has to wait for something; play() will be called again then.
    [[nodiscard]] bool playStep(const ScriptStep& step);
    [[nodiscard]] bool playSend(const ScriptStep& step);
    [[nodiscard]] bool playDelay(const ScriptStep& step);
    void resetNow();
    void reject(const QString& why);
    void socketClosed();

    QTcpSocket* m_socket; // child of this
    QSslSocket* m_tlsSocket; // the same, with TLS; else null
    FakeUpstreamLog* m_log;
    const Hooks* m_hooks;
    const int m_number;
    bool m_isClosed = false;

    QByteArray m_input; // read, not yet parsed
    enum class Phase { Head, Body, Done, Broken } m_phase = Phase::Head;
    ReceivedRequest m_request;
    BodyPlan m_plan;
    HttpSyntax::Framing m_framing;
    ChunkedDecoder m_chunked;
    QTimer m_readTick;

    QList<ScriptStep> m_steps;
    qsizetype m_step = 0;
    int m_sentRepeats = 0; // of the current Send step
    bool m_scriptStarted = false;
    bool m_isPlaying = false;
    bool m_delayStarted = false;
    QTimer m_delayTimer;
};
