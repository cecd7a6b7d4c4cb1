// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ChartAxis: round numbers beside a chart: 0, 250, 500 ... Pure.

struct ChartAxis
{
    double step = 1; // 1, 2, 2.5 or 5 times a power of ten
    int steps = 1;

    [[nodiscard]] double top() const { return step * steps; }

    /// The finest of those axes from 0 to `most` or a little more with that many steps at most. `isWhole`: no
    /// step is less than 1.
    [[nodiscard]] static ChartAxis upTo(double most, int mostSteps, bool isWhole);
};
