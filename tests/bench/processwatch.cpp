// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "processwatch.h"

#include "monotonic.h"
#include "sockets.h"

#include <cerrno>
#include <ctime>
#include <fstream>
#include <unistd.h>

ProcessWatch::ProcessWatch(pid_t pid)
    : m_pid(pid)
{
}

int64_t ProcessWatch::cpuNanoseconds() const
{
    if (m_pid == 0)
        return 0;
    clockid_t clock{};
    timespec time{};
    errno = clock_getcpuclockid(m_pid, &clock);
    if (errno != 0 || clock_gettime(clock, &time) != 0)
        Sockets::fail("CPU clock of the watched process");
    return int64_t(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

int64_t ProcessWatch::residentKib() const
{
    return statusKib("VmRSS:");
}

int64_t ProcessWatch::anonymousKib() const
{
    return statusKib("RssAnon:");
}

int64_t ProcessWatch::statusKib(const std::string& field) const
{
    if (m_pid == 0)
        return 0;
    std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
    for (std::string name; status >> name;) {
        int64_t value = 0;
        if (name == field && status >> value)
            return value;
        status.clear();
        std::string rest;
        std::getline(status, rest);
    }
    return 0;
}

int64_t ProcessWatch::waitUntilQuiet(int64_t limitMilliseconds) const
{
    if (m_pid == 0)
        return 0;
    const int64_t begin = monotonicNanoseconds();
    int quietWindows = 0;
    while (quietWindows < 2 && monotonicNanoseconds() - begin < limitMilliseconds * 1'000'000) {
        const int64_t cpu = cpuNanoseconds();
        usleep(300'000);
        quietWindows = cpuNanoseconds() - cpu < 4'000'000 ? quietWindows + 1 : 0;
    }
    return monotonicNanoseconds() - begin;
}
