// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Opening a store: the file, the lock against a second process, the schema; and what is done when the file
// turns out to be damaged. Telemetry thread.

#include "store/storedatabase.h"

/// Opens or creates `path` (or ":memory:") and brings it up to date. A damaged store of ours is set aside and
/// a new one begun, which the log says. StoreFailed names the path, also when another process has it, a newer
/// version wrote it, or it is no store of ours.
[[nodiscard]] Result<std::unique_ptr<StoreDatabase>> openStore(const QString& path);

/// Sets the damaged store at `path`, which is not open, aside and begins a new one that goes on with the
/// books: `known` is what was counted so far.
[[nodiscard]] Result<std::unique_ptr<StoreDatabase>> replaceStore(
    const QString& path, const Ledger& known, const QString& why);
