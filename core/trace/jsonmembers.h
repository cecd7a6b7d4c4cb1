// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// jsonMembers(): the top level of a small JSON object, values as JSON text as they came. Pure.

#include "trace/tracerecord.h"

/// In order; nothing when the text is not one valid JSON object.
[[nodiscard]] std::optional<QList<MetadataEntry>> jsonMembers(const QByteArray& json);
