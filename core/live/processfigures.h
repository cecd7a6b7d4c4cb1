// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The process as Prometheus' clients describe theirs (`process_*`): read from /proc, so on Linux only. Takes
// tens of microseconds; telemetry thread.

#include <QtGlobal>

#include <optional>

struct ProcessFigures
{
    qint64 residentBytes = 0;
    qint64 virtualBytes = 0;
    qint64 openFds = 0;
    qint64 maxFds = 0;
    qint64 cpuMilliseconds = 0;
    qint64 startedAtMs = 0; // since 1970 UTC
};

/// Nothing where it cannot be read.
[[nodiscard]] std::optional<ProcessFigures> readProcessFigures();
