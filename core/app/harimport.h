// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// harImport: calls of a HAR as records in a store, read as if they went through the proxy now: conversation,
// tokens and cost come from the bodies. What harEntry() writes comes back as it was. Any thread that waits.

#include "base/result.h"
#include "trace/tracerecord.h"

/// Of every import: why a disabled trace is not delivered.
inline constexpr char importedReason[] = "imported";

class QJsonObject;
struct RecordRules;
class ResponseSessions;

/// Nothing: it is no call to a provider. Header values and query parameters that are credentials are masked,
/// as in the proxy.
[[nodiscard]] std::optional<TraceRecord> recordOfHarEntry(
    const QJsonObject& entry, ResponseSessions* sessions, const RecordRules& rules);

/// Into a new store at `storePath`; gives how many. BadRequest: it is no HAR, or has no call to a provider;
/// StoreFailed as TraceStore.
[[nodiscard]] Result<qsizetype> importHar(const QByteArray& har, const QString& storePath);
