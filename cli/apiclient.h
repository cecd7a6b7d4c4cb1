// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiClient: requests to the `/api` of a proxy, for commands that do one thing after another: each call runs
// an event loop of its own until the answer is there. Main thread, outside every other event loop.

#include "base/result.h"
#include "base/secret.h"

#include <QByteArray>
#include <QNetworkAccessManager>

class ApiClient final
{
    Q_DISABLE_COPY_MOVE(ApiClient)

public:
    /// `url`: of the proxy. `token`: ADMIN_TOKEN, may be empty.
    ApiClient(QByteArray url, Secret token);

    [[nodiscard]] const QByteArray& url() const { return m_url; }

    /// The body of the answer to GET `target` (`/api/traces?limit=1`). ConnectionFailed when no proxy answers
    /// there; BadRequest for a filter that it does not take, Rejected for any other status from 400 on, with
    /// the proxy's own words.
    [[nodiscard]] Result<QByteArray> get(const QByteArray& target);
    /// The same with another method and without a body.
    [[nodiscard]] Result<QByteArray> send(const QByteArray& method, const QByteArray& target);
    /// A langfuse-proxy answers there within a second.
    [[nodiscard]] bool isThere();

    /// A stream; its user reads it while the application's event loop runs. The caller's.
    [[nodiscard]] QNetworkReply* open(const QByteArray& target, const QByteArray& lastEventId = {});
    [[nodiscard]] Error errorOf(QNetworkReply* reply) const;

private:
    [[nodiscard]] QNetworkRequest request(const QByteArray& target) const;

    QByteArray m_url;
    Secret m_token;
    QNetworkAccessManager m_network;
};
