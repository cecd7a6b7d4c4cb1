// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// cliApi: the proxy that a command is about: at --url, else where the settings say; with ADMIN_TOKEN.

#include "cli/apiclient.h"
#include "cli/commandline.h"

#include <memory>

/// InvalidConfig as processSettings().
[[nodiscard]] Result<std::unique_ptr<ApiClient>> cliApi(const CommandLine& commandLine);

/// The id of the call whose id begins so, among the newest 1,000. Rejected when none or several do.
[[nodiscard]] Result<QByteArray> wholeId(ApiClient* api, const QByteArray& front);
/// The same for each.
[[nodiscard]] Result<QByteArrayList> wholeIds(ApiClient* api, const QByteArrayList& fronts);
/// The ids of all calls that fit, the oldest first. `query`: as of CommandLine::filterQuery(). Shows its
/// progress.
[[nodiscard]] Result<QByteArrayList> matchingIds(ApiClient* api, const QByteArray& query);
/// The answer of GET /api/traces/{id}, for a whole id.
[[nodiscard]] Result<QByteArray> traceDetail(ApiClient* api, const QByteArray& id);
/// The answer of GET /api/traces/{id}/record, for a whole id.
[[nodiscard]] Result<QByteArray> traceRecord(ApiClient* api, const QByteArray& id);
/// What has ended before now is in the store afterwards. Runs an event loop of its own meanwhile.
void waitUntilStored();
/// The answer of GET /api/traces for up to 1,000 calls, once those that have ended before now are in the
/// store. `query`: as of CommandLine::filterQuery(). Runs an event loop of its own meanwhile.
[[nodiscard]] Result<QByteArray> callsUpToNow(ApiClient* api, const QByteArray& query = {});
/// Name and value, encoded for a query: `&session=a%20b`.
[[nodiscard]] QByteArray queryPart(const QByteArray& name, const QByteArray& value);
