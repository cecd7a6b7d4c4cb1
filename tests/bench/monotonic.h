// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The clock that the mock upstream writes into its chunks and the load generator reads them against. Both run
// on one machine, so CLOCK_MONOTONIC is the same for both.

#include <cstdint>
#include <ctime>

inline int64_t monotonicNanoseconds()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}
