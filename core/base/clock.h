// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Clock: the two times the program needs, behind one interface so that tests can move them.

#include <QtGlobal>

#include <chrono>

class Clock
{
public:
    virtual ~Clock() = default;
    /// Never goes back; for durations and deadlines.
    [[nodiscard]] virtual std::chrono::nanoseconds monotonic() const = 0;
    /// Microseconds since 1970-01-01 UTC; for what people read.
    [[nodiscard]] virtual std::chrono::microseconds wall() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] std::chrono::nanoseconds monotonic() const override;
    [[nodiscard]] std::chrono::microseconds wall() const override;
};
