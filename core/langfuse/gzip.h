// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// gzip (RFC 1952) of a request body to Langfuse. Deterministic: no time stamp, so that a resend is the same
// bytes. Pure; telemetry thread.

#include <QByteArray>

namespace Gzip {

/// level: 1 (fast) to 6. Empty only when memory is short.
[[nodiscard]] QByteArray compress(const QByteArray& bytes, int level);

} // namespace Gzip
