// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/usage/chartaxis.h"

#include <algorithm>
#include <array>
#include <cmath>

ChartAxis ChartAxis::upTo(double most, int mostSteps, bool isWhole)
{
    constexpr std::array<double, 4> roundSteps{1, 2, 2.5, 5};
    constexpr double slack = 1e-9; // 0.3 / 0.1 is a little less than 3
    mostSteps = std::max(1, mostSteps);
    if (!(most > 0) || !std::isfinite(most))
        return {1, 1};
    double power = std::pow(10, std::floor(std::log10(most / mostSteps)));
    for (;; power *= 10) {
        for (const double factor : roundSteps) {
            const double step = factor * power;
            if (isWhole && std::abs(step - std::round(step)) > slack)
                continue;
            const double steps = std::ceil(most / step - slack);
            if (steps <= mostSteps && (!isWhole || step >= 1))
                return {step, std::max(1, int(steps))};
        }
    }
}
