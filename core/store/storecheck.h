// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// checkStore: looks at a trace database without changing it, also while a proxy writes it. For `check`. Any
// thread.

#include "base/result.h"

struct StoreState
{
    bool exists = false; // else it can be made
    qint64 bytes = 0; // of the file
    qint64 traces = 0;
    qint64 pending = 0;
};

/// Reads the file through (SQLite's quick_check), or tells whether it can be made. StoreFailed: it is
/// damaged, of a newer version, no store of ours, not readable, or its folder cannot be written to.
[[nodiscard]] Result<StoreState> checkStore(const QString& path);
