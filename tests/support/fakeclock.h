// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FakeClock: a clock that a test moves. Owned by the test.

#include "base/clock.h"

class FakeClock final : public Clock
{
public:
    std::chrono::nanoseconds monotonic() const override { return m_passed; }
    std::chrono::microseconds wall() const override
    {
        return std::chrono::microseconds(1795422751000000) + m_passed; // 2026-11-23T08:32:31Z and on
    }
    [[nodiscard]] std::chrono::milliseconds passed() const { return m_passed; }
    void pass(std::chrono::milliseconds time) { m_passed += time; }

private:
    std::chrono::milliseconds m_passed{0};
};
