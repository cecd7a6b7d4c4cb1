// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LoadHistogram: how many calls were open at once and what was spent, in equal parts of the time that some
// calls span. A value of the main thread.

#include "gui/model/callfacts.h"

#include <vector>

class RequestListModel;

struct LoadHistogram
{
    struct Bucket
    {
        int calls = 0; // open at once, at most
        double costUsd = 0; // of those that began in it

        bool operator==(const Bucket&) const = default;
    };

    qint64 fromUs = 0;
    qint64 toUs = 0; // no bucket: there are no calls
    std::vector<Bucket> buckets;

    /// Of the rows that the model shows.
    [[nodiscard]] static LoadHistogram of(const RequestListModel& model, int buckets);
    [[nodiscard]] int mostCalls() const;
    [[nodiscard]] double mostCost() const;
    /// The moment at `share` (0..1) of the span.
    [[nodiscard]] qint64 momentAt(double share) const;

    bool operator==(const LoadHistogram&) const = default;
};
