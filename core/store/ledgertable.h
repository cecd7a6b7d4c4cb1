// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The ledger in the database: a row a total (`captured`, `delivered`, `disabled`, `rejected:<word>`,
// `dropped:<reason>`, `evicted:<reason>`). What is pending is not among them: it is counted from its rows, so
// that a trace can be lost from neither side unseen. Telemetry thread.

#include "base/result.h"
#include "store/ledger.h"

class QSqlDatabase;
class QSqlQuery;

/// The ledger of everything committed, without oldestPendingStartedAtUs. Where rows and totals disagree,
/// because somebody deleted rows or the file is damaged, the difference is in it: what is missing as dropped
/// (`store_damaged`), what is too much as captured. StoreFailed with SQLite's words.
[[nodiscard]] Result<Ledger> readLedger(const QSqlDatabase& database);

/// Adds the change to the totals; `addToLedger` is the prepared statement of StoreStatements.
[[nodiscard]] Result<void> writeLedger(QSqlQuery* addToLedger, const Ledger& change);

/// The reason of traces that were lost with a damaged file.
inline constexpr char damagedReason[] = "store_damaged";
