// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TimelineScale: which time the width of the timeline column stands for: the span of the calls that are on
// the screen, because the whole session's would make every bar a speck. A value of the main thread.

#include "gui/model/callfacts.h"

class RequestListModel;

struct TimelineScale
{
    /// Where a call is drawn, in 0..1 of the column.
    struct Bar
    {
        double start = 0;
        double firstToken = 0; // between the two; the end when there was none
        double end = 0;
    };

    qint64 fromUs = 0; // microseconds since 1970; of aligned bars 0
    qint64 spanUs = 1;
    bool isAligned = false; // all bars start at the left

    /// Of the rows `first` to `last`, both included.
    [[nodiscard]] static TimelineScale of(const RequestListModel& model, int first, int last, bool isAligned);
    /// Clipped to the column: a call from before begins at 0.
    [[nodiscard]] Bar bar(const CallFacts& call) const;

    bool operator==(const TimelineScale&) const = default;
};
