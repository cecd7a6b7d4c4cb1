// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LangfuseClient: one POST of encoded spans to Langfuse's OTLP endpoint, and its answer. Owned by the
// DeliveryLoop, telemetry thread. Follows no redirect: it would take the credentials elsewhere.

#include "base/secret.h"
#include "langfuse/deliveryanswer.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>

class QNetworkReply;

class LangfuseClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LangfuseClient)

public:
    struct Options
    {
        QUrl baseUrl; // may carry a path prefix
        QByteArray publicKey;
        Secret secretKey;
        QByteArray version; // of this program
        std::chrono::milliseconds timeout{20000}; // without progress; three times that in all
    };

    explicit LangfuseClient(const Options& options, QObject* parent = nullptr);
    ~LangfuseClient() override;

    /// Sends an ExportTraceServiceRequest; answered() follows exactly once. One at a time.
    void post(const QByteArray& body);

    /// Where it posts to: the base, its path prefix kept, and /api/public/otel/v1/traces.
    [[nodiscard]] static QUrl tracesUrl(const QUrl& baseUrl);

Q_SIGNALS:
    void answered(const DeliveryAnswer& answer);

private:
    void keepBody();
    void finish();
    [[nodiscard]] QByteArray withoutSecret(QByteArray text) const;

    Options m_options;
    QNetworkRequest m_request;
    QNetworkAccessManager m_network;
    QTimer m_deadline;
    QNetworkReply* m_reply = nullptr; // the request in flight
    QByteArray m_body;
    bool m_timedOut = false;
};
