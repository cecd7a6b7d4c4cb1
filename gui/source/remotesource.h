// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RemoteSource: a proxy that runs elsewhere, through its `/api`. Events resume where a connection broke off
// (Last-Event-ID); it comes again by itself after a growing pause. Main thread.

#include "base/secret.h"
#include "gui/source/tracesource.h"
#include "wire/ssedecoder.h"

#include <QNetworkAccessManager>
#include <QTimer>

class QNetworkReply;

class RemoteSource final : public TraceSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(RemoteSource)

public:
    struct Timing
    {
        std::chrono::milliseconds firstPause{500}; // before it comes again; doubles
        std::chrono::milliseconds longestPause{15'000};
        std::chrono::milliseconds silence{40'000}; // the proxy says something every 15 s
        std::chrono::milliseconds answer{30'000};
    };

    /// `url`: of the proxy, with or without a slash at its end. `token`: ADMIN_TOKEN, may be empty.
    RemoteSource(const QUrl& url, Secret token, const Timing& timing, QObject* parent = nullptr);
    /// Asks for nothing but what changes nothing there; before start().
    void setReadOnly();
    ~RemoteSource() override;

    void start() override;
    void stop() override;
    void retryNow() override;

private:
    void send(quint64 ticket, const QByteArray& method, const QByteArray& target) override;
    void cancel(quint64 ticket) override;
    [[nodiscard]] QNetworkRequest request(const QByteArray& target) const;
    void openStream();
    void readStream();
    void endStream();
    void takeEvent(const SseEvent& event);
    void takeHello(const QByteArray& json);
    void comeAgain(const QString& why);
    void fail(SourceStatus::State state, const QString& why);

    QUrl m_url;
    Secret m_token;
    Timing m_timing;
    QNetworkAccessManager m_network;
    QHash<quint64, QNetworkReply*> m_replies; // by ticket
    QNetworkReply* m_stream = nullptr;
    std::unique_ptr<SseDecoder> m_decoder;
    QList<SourceEvent> m_arrived; // of what is being read
    QByteArray m_lastEventId;
    QTimer m_pause;
    QTimer m_silence;
    int m_attempt = 0;
    bool m_wasAttached = false;
};
