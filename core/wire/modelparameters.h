// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// modelparameters: the well-known parameters of a request as JSON text. Pure; telemetry thread.

#include "wire/dialect.h"
#include "wire/jsonvalue.h"

#include <initializer_list>

/// Those of the named members that are there and not null, in that order, with their JSON as it came. Only
/// listed names are taken: a request can carry credentials (Anthropic `mcp_servers`).
[[nodiscard]] QList<ModelParameter> readParameters(
    JsonValue object, std::initializer_list<QByteArrayView> names);
