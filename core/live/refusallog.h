// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RefusalLog: counts the requests that the API has not let in, by reason, and logs them: of each reason the
// first one at once, then one line a minute with how many there were, so that nobody fills the log from
// outside. Nothing of the request is in a line: it may be anything. Owned by the ApiService, engine thread.

#include "base/clock.h"

#include <QByteArray>
#include <QHash>
#include <QMap>

class RefusalLog final
{
public:
    static constexpr std::chrono::seconds quietTime{60};

    /// The clock must outlive this.
    explicit RefusalLog(const Clock* clock)
        : m_clock(clock)
    {
    }

    /// `reason` is one of a few words of ours. How many refusals a line now tells of; 0: none is written.
    qint64 note(const QByteArray& reason);
    /// By reason, since the start of the process.
    [[nodiscard]] const QMap<QByteArray, qint64>& counts() const { return m_counts; }

private:
    struct Line // the last one
    {
        std::chrono::nanoseconds at{0};
        qint64 count = 0; // up to it
    };

    const Clock* m_clock;
    QMap<QByteArray, qint64> m_counts;
    QHash<QByteArray, Line> m_lines;
};
