// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The tables of the store and the way from each older form to the present one. The number of the form is
// SQLite's user_version; application_id says that the file is ours. Telemetry thread.
//
//   trace    one row a call: what lists and filters need, and its delivery state
//   content  the record itself (RecordCodec, then ContentPacker), apart so that lists stay small to read
//   piece    bytes that large records share, and how many traces use them
//   search   the words of each trace (FTS5, holds no text), and in search_text what they were, see
//   SearchIndex ledger   totals over the life of the store, see ledgertable.h

#include "base/result.h"

class QSqlDatabase;

/// The form that this version writes.
inline constexpr int storeSchemaVersion = 5;

/// SQLite's application_id of our files: "LFPX".
inline constexpr int storeApplicationId = 0x4c465058;

/// Makes or upgrades the tables, each step in a transaction of its own. StoreFailed for a database of a newer
/// version or of another program, and with SQLite's words for everything else.
[[nodiscard]] Result<void> prepareSchema(const QSqlDatabase& database);
