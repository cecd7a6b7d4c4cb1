// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProcessorTimeBudget: a bound on work in the time the calling thread itself computes, so that a busy machine
// does not spend it. Value; begins when it is made, and is to be asked by the thread that made it.

#include <chrono>

/// What the calling thread has computed so far.
[[nodiscard]] std::chrono::nanoseconds threadProcessorTime();

class ProcessorTimeBudget final
{
public:
    explicit ProcessorTimeBudget(std::chrono::nanoseconds budget)
        : m_end(threadProcessorTime() + budget)
    {
    }
    [[nodiscard]] bool isSpent() const { return threadProcessorTime() >= m_end; }

private:
    std::chrono::nanoseconds m_end;
};
