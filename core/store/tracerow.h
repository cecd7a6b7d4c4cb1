// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceRow: a TraceSummary as a row of the table `trace`, written and read in one place. Used by the
// StoreDatabase (telemetry thread) and the StoreReader (query thread).

#include "store/tracesummary.h"

class QSqlQuery;
class QString;
struct StoredTrace;

namespace TraceRow {

/// INSERT of every column, for bind(). A row whose id is there already is left out.
[[nodiscard]] QString insertStatement();
/// Binds all of insertStatement()'s values.
void bind(QSqlQuery* insert, const StoredTrace& trace);

/// What stands behind SELECT for read(); of the table `trace`.
[[nodiscard]] QString columns();
/// The current row of a query for columns().
[[nodiscard]] TraceSummary read(const QSqlQuery& query);

} // namespace TraceRow
