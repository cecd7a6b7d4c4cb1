// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Exchange: one request through the proxy, from the auth gate to the last byte of the answer. A state machine
// on the engine thread, owned by the ProxyService, which deletes it after ended().
//
//   Gate -> Collecting (bodies that a rule must look at) -> Sent -> Streaming -> Ended
//        \-> Sent (bodies that stream through)
//
// It owns the upstream reply and the body pipe; the ClientCall belongs to its connection.

#include "base/clock.h"
#include "proxy/callcapture.h"
#include "proxy/provider.h"
#include "wire/usageframefilter.h"

#include <QNetworkReply>
#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>

class BytePipe;
class ClientCall;
class TelemetryQueue;
class UpstreamAccessManager;

/// What passes through one engine thread, for /metrics.
struct Traffic
{
    qint64 requestBytes = 0; // of bodies, since the start
    qint64 responseBytes = 0;
    qint64 openStreams = 0; // event streams that are being answered
};

/// What all exchanges of one engine thread share; outlives them.
struct ExchangeContext
{
    const Config* config = nullptr;
    const Clock* clock = nullptr;
    UpstreamAccessManager* upstream = nullptr;
    TelemetryQueue* telemetry = nullptr;
    Traffic* traffic = nullptr; // the ProxyService's own
};

class Exchange final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(Exchange)

public:
    /// `provider` may be null: the answer is then 404.
    Exchange(const ExchangeContext& context, const Provider* provider, ClientCall* call, QObject* parent);
    ~Exchange() override;

    /// May emit ended() before it returns.
    void start();
    /// Ends the exchange when PROXY_TIMEOUT_MS has passed without progress. Called by the service's clock
    /// tick.
    void checkTimeout(std::chrono::nanoseconds now);
    /// As CallCapture::share().
    void share() { m_capture->share(); }
    /// As CallCapture::shareIfPaused().
    void shareIfPaused(std::chrono::nanoseconds now) { m_capture->shareIfPaused(now); }

Q_SIGNALS:
    /// Terminal; emitted once.
    void ended();

private:
    void refuse(int status, QByteArrayView message, QByteArrayView type, QByteArrayView code);
    void takeBody(const QByteArray& bytes);
    void completeBody();
    void failBody(const Error& error);
    void send();
    void relayUploadPressure();

    void relayInterim(const ResponseHead& head);
    void relayHead();
    void relayBody();
    void relayChunk(const QByteArray& bytes);
    void finishReply();
    void completeResponse();
    void failResponse(CallOutcome outcome, const Error& error);
    void cancel();
    void resumeReading();

    void noteProgress();
    void end(CallOutcome outcome, const Error& error = {});

    ExchangeContext m_context;
    const Provider* m_provider;
    QPointer<ClientCall> m_call;
    QByteArray m_requestId;
    RequestHead m_upstreamHead;
    std::optional<CallCapture> m_capture;
    std::unique_ptr<BytePipe> m_body;
    QByteArray m_collected; // body of a request that a rule must look at
    QNetworkReply* m_reply = nullptr; // dies by deleteLater
    std::optional<UsageFrameFilter>
        m_usageFilter; // only when we asked for the usage frame and the consumer did not
    std::chrono::nanoseconds m_lastProgress{0};
    bool m_isCollecting = false;
    bool m_isUsageInjected = false;
    bool m_isBodyPaused = false;
    bool m_isClientSlow = false; // too much unsent towards the client: the upstream is not read
    bool m_isReplyFinished = false;
    bool m_isStream = false; // the answer is an event stream
    bool m_isEnded = false;
};
