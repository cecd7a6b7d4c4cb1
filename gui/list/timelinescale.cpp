// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/timelinescale.h"

#include "gui/model/requestlistmodel.h"

#include <algorithm>
#include <limits>

TimelineScale TimelineScale::of(const RequestListModel& model, int first, int last, bool isAligned)
{
    TimelineScale scale;
    scale.isAligned = isAligned;
    first = std::max(first, 0);
    last = std::min(last, model.rowCount() - 1);
    if (last < first)
        return scale;
    qint64 from = std::numeric_limits<qint64>::max();
    qint64 to = std::numeric_limits<qint64>::min();
    qint64 longest = 1;
    for (int row = first; row <= last; ++row) {
        const CallFacts& call = model.callAt(row);
        const qint64 duration = call.durationUs.value_or(0);
        from = std::min(from, call.startedAtUs);
        to = std::max(to, call.startedAtUs + duration);
        longest = std::max(longest, duration);
    }
    scale.fromUs = isAligned ? 0 : from;
    scale.spanUs = isAligned ? longest : std::max<qint64>(to - from, 1);
    return scale;
}

TimelineScale::Bar TimelineScale::bar(const CallFacts& call) const
{
    const qint64 start = isAligned ? 0 : call.startedAtUs - fromUs;
    const qint64 duration = call.durationUs.value_or(0);
    const auto place = [this](qint64 at) { return std::clamp(double(at) / double(spanUs), 0.0, 1.0); };
    Bar bar;
    bar.start = place(start);
    bar.end = place(start + duration);
    bar.firstToken = place(start + std::min(call.firstTokenUs.value_or(duration), duration));
    return bar;
}
