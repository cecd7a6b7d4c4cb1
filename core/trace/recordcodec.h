// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RecordCodec: TraceRecord as CBOR bytes (RFC 8949) and back, for the store. An array of the format number
// and a map with small integer keys; a field with its default value is left out, an unknown key is skipped,
// so both older and newer records are read. Pure.

#include "base/result.h"
#include "trace/tracerecord.h"

namespace RecordCodec {

[[nodiscard]] QByteArray encode(const TraceRecord& record);
/// StoreFailed when the bytes are not a record, or one of a later format.
[[nodiscard]] Result<TraceRecord> decode(const QByteArray& bytes);

} // namespace RecordCodec
