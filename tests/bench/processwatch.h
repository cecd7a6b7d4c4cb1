// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ProcessWatch: CPU time and memory of the process that is being measured, read from outside. A watch on pid
// 0 reads nothing and answers zeros (the direct run has no process in the middle).

#include <cstdint>
#include <string>
#include <sys/types.h>

class ProcessWatch final
{
public:
    explicit ProcessWatch(pid_t pid);

    /// CPU time of all its threads, ended ones too; nanoseconds.
    [[nodiscard]] int64_t cpuNanoseconds() const;
    /// Resident memory in KiB: everything, and what is its own alone (RssAnon).
    [[nodiscard]] int64_t residentKib() const;
    [[nodiscard]] int64_t anonymousKib() const;
    /// Sleeps until the process has used next to no CPU for 600 ms (its telemetry has caught up), or the
    /// limit is over. Returns the nanoseconds waited.
    int64_t waitUntilQuiet(int64_t limitMilliseconds) const;

private:
    [[nodiscard]] int64_t statusKib(const std::string& field) const;

    pid_t m_pid;
};
