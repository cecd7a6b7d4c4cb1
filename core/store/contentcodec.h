// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ContentCodec: how a record's bytes stand in the database: one byte that says how, then the bytes, packed
// with zstd (RFC 8878) from 1 KiB on. Pure; telemetry thread.

#include "base/result.h"

#include <QByteArray>

namespace ContentCodec {

[[nodiscard]] QByteArray pack(const QByteArray& content);
/// StoreFailed when the bytes are damaged or packed in a way this version does not know.
[[nodiscard]] Result<QByteArray> unpack(const QByteArray& packed);

} // namespace ContentCodec
