// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// usageCharts: UsageData as bars. Stateless; main thread (words of the user's language).

#include "gui/usage/barchart.h"
#include "gui/usage/usagedata.h"

enum class UsageMeasure { Tokens, Cost, Calls };

/// By model, those with the most at the bottom; beyond seven they are one.
[[nodiscard]] BarData usageOverTime(const UsageData& data, UsageMeasure measure);
/// How many calls took how long.
[[nodiscard]] BarData usageTimes(const QList<TimeBar>& bars);
/// $2.41, ≥ $2.41 where prices are missing, n/a where all are; $0 for no calls.
[[nodiscard]] QString usageCost(const ModelUsage& usage);
