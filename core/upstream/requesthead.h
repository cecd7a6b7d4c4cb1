// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Between QNetworkRequest and RequestHead, both ways: plain requests of Qt users become heads of ours, and
// heads of ours become requests for the stock manager (HTTP/2). Pure functions, used by
// UpstreamAccessManager.

#include "base/messagehead.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>

class QIODevice;

namespace RequestHeads {

/// The head set with setUpstreamHead(), or one made of the request's raw headers, operation and body.
[[nodiscard]] RequestHead of(
    const QNetworkRequest& request, QNetworkAccessManager::Operation operation, const QIODevice* body);
[[nodiscard]] bool isSet(const QNetworkRequest& request);
void set(QNetworkRequest* request, const RequestHead& head);

/// The same request for the stock manager, told to leave everything alone: no decompression, redirects,
/// cookies, cache or stored credentials. Repeated headers are joined, their order is Qt's, and Qt adds a
/// User-Agent and an Accept-Language where there are none.
[[nodiscard]] QNetworkRequest forStockManager(const QNetworkRequest& request, const RequestHead& head);

} // namespace RequestHeads
