// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/loadhistogram.h"

#include "gui/model/requestlistmodel.h"

#include <algorithm>

LoadHistogram LoadHistogram::of(const RequestListModel& model, int count)
{
    LoadHistogram load;
    const int rows = model.rowCount();
    if (rows == 0 || count < 1)
        return load;
    load.fromUs = model.callAt(0).startedAtUs;
    load.toUs = load.fromUs;
    for (int row = 0; row < rows; ++row) {
        const CallFacts& call = model.callAt(row);
        load.fromUs = std::min(load.fromUs, call.startedAtUs);
        load.toUs = std::max(load.toUs, call.startedAtUs + call.durationUs.value_or(0));
    }
    load.toUs = std::max(load.toUs, load.fromUs + 1);
    load.buckets.resize(std::size_t(count));
    // Calls that begin in a bucket, and calls that were over before it.
    std::vector<int> begun(std::size_t(count), 0);
    std::vector<int> over(std::size_t(count) + 1, 0);
    const double scale = double(count) / double(load.toUs - load.fromUs);
    const auto bucketOf = [&load, scale, count](qint64 atUs) {
        return std::size_t(std::clamp(int(double(atUs - load.fromUs) * scale), 0, count - 1));
    };
    for (int row = 0; row < rows; ++row) {
        const CallFacts& call = model.callAt(row);
        const std::size_t first = bucketOf(call.startedAtUs);
        ++begun[first];
        ++over[bucketOf(call.startedAtUs + call.durationUs.value_or(0)) + 1];
        load.buckets[first].costUsd += call.costUsd.value_or(0);
    }
    int open = 0;
    for (std::size_t i = 0; i < load.buckets.size(); ++i) {
        open += begun[i] - over[i];
        load.buckets[i].calls = open;
    }
    return load;
}

int LoadHistogram::mostCalls() const
{
    int most = 0;
    for (const Bucket& bucket : buckets)
        most = std::max(most, bucket.calls);
    return most;
}

double LoadHistogram::mostCost() const
{
    double most = 0;
    for (const Bucket& bucket : buckets)
        most = std::max(most, bucket.costUsd);
    return most;
}

qint64 LoadHistogram::momentAt(double share) const
{
    return fromUs + qint64(std::clamp(share, 0.0, 1.0) * double(toUs - fromUs));
}
