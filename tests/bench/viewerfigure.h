// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ViewerFigure: something measured of the viewer: the median and the worst of some rounds, and what was
// asked.

#include <QElapsedTimer>

#include <algorithm>
#include <string>
#include <vector>

struct ViewerFigure
{
    std::string name;
    double median = 0;
    double worst = 0;
    double bound = 0; // of the median; 0: none
    const char* unit = "ms";

    [[nodiscard]] bool isMissed() const { return bound > 0 && median > bound; }
};

using ViewerFigures = std::vector<ViewerFigure>;

inline ViewerFigure viewerFigure(
    const std::string& name, double bound, std::vector<double> values, const char* unit = "ms")
{
    std::sort(values.begin(), values.end());
    return {name, values[values.size() / 2], values.back(), bound, unit};
}

template <typename Work>
double millisecondsOf(const Work& work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    return double(timer.nsecsElapsed()) / 1e6;
}
