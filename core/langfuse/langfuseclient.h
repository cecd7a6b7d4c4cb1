// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LangfuseClient: requests to one Langfuse server and their answers, over kept connections. Owned by the
// DeliveryLoop, telemetry thread. Follows no redirect (it would take the credentials elsewhere) and sends
// nothing twice by itself: the stock QNetworkAccessManager repeats a POST up to three times when a connection
// breaks, which is why this one stands on UpstreamAccessManager.

#include "langfuse/apicall.h"
#include "langfuse/apirequest.h"
#include "langfuse/langfusedelivery.h"
#include "upstream/upstreamaccessmanager.h"

#include <QObject>
#include <QUrl>

class LangfuseClient final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LangfuseClient)

public:
    /// Server, keys and timeout (see ApiCall::Limits) are those of the options; `version` is the program's.
    LangfuseClient(const LangfuseOptions& options, const QByteArray& version, QObject* parent = nullptr);
    ~LangfuseClient() override;

    /// `done` is called exactly once, never before this has returned, and never after this has died.
    void send(const ApiRequest& request, ApiCall::Done done);

    /// The target for a path under that base URL, whose path prefix is kept: /prefix/api/public/...
    [[nodiscard]] static QByteArray targetOf(const QUrl& baseUrl, const QByteArray& path);

private:
    [[nodiscard]] RequestHead headOf(const ApiRequest& request) const;
    [[nodiscard]] DeliveryAnswer withoutSecret(DeliveryAnswer answer) const;

    QUrl m_baseUrl;
    Secret m_secretKey;
    QByteArray m_version;
    std::chrono::milliseconds m_timeout;
    QByteArray m_authorization;
    UpstreamAccessManager m_network;
};
