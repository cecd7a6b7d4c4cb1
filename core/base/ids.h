// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Identifiers: request ids (UUID), and the W3C trace and span ids derived from them.

#include <QByteArray>
#include <QByteArrayView>

namespace Ids {

/// A random version 4 UUID, 36 lower-case characters with dashes.
[[nodiscard]] QByteArray newUuid();

/// 32 lower-case hex characters for a request id: a UUID without its dashes, 32 hex digits as they are,
/// anything else the first 32 hex digits of its SHA-256 (the rule of Langfuse's SDK 5 `createTraceId`).
[[nodiscard]] QByteArray traceIdFor(QByteArrayView requestId);

/// 16 lower-case hex characters, the same for the same seed: a span that is sent twice keeps its id.
[[nodiscard]] QByteArray spanIdFor(QByteArrayView seed);

/// Lower-case hex of that length, not all zero (W3C Trace Context 3.2.2).
[[nodiscard]] bool isHexId(QByteArrayView text, qsizetype length);

} // namespace Ids
