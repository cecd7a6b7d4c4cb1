// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Requests to the API of a running proxy, for tests. Used on the test's thread.

#include "tracedproxy.h"

#include <QJsonArray>

/// A request that the API accepts from this machine; `fields` are whole lines.
inline QByteArray apiText(const QByteArray& method, const QByteArray& target, const QByteArray& fields = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

/// The JSON of an answer with that status; empty when the status is another.
inline QJsonObject apiJson(
    const TracedProxy& site, const QByteArray& target, const QByteArray& method = "GET", int status = 200)
{
    const Result<RawResponse> response = site.exchange(apiText(method, target));
    if (!response || response->status != status) {
        qWarning() << target << (response ? response->statusLine + response->body : reasonOf(response));
        return {};
    }
    return QJsonDocument::fromJson(response->body).object();
}

/// The traces of a list, waiting until there are that many.
inline QJsonArray apiTraces(const TracedProxy& site, qsizetype count, const QByteArray& parameters = {})
{
    QJsonArray traces;
    (void)QTest::qWaitFor(
        [&] {
            traces = apiJson(site, "/api/traces" + parameters)[QLatin1String("traces")].toArray();
            return traces.size() >= count;
        },
        10000);
    return traces;
}
