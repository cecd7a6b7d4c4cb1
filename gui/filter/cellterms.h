// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// cellChip: the term of the filter that a cell of the list stands for: "show only calls like this one".
// Stateless.

#include "gui/filter/activefilter.h"
#include "gui/model/callfacts.h"

#include <optional>

/// `column` of RequestColumns. Nothing: no term would be of use.
[[nodiscard]] std::optional<FilterChip> cellChip(const CallFacts& call, int column);
