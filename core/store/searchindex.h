// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SearchIndex: the words of each trace, in an FTS5 table that holds no text. To take words out it must be
// told the very text that was put in; that stands packed in a table of its own, a quarter of the size. Owned
// by StoreDatabase, telemetry thread. Searches are the StoreReader's.

#include "base/result.h"
#include "trace/searchtext.h"

class StoreConnection;
class StoreStatements;

class SearchIndex final
{
public:
    /// Both must outlive this.
    SearchIndex(StoreConnection* connection, StoreStatements* statements)
        : m_connection(connection)
        , m_statements(statements)
    {
    }

    // Both are to be called inside the transaction that writes or deletes the row. StoreFailed with SQLite's
    // words.

    /// The row's trace can be found by these words.
    [[nodiscard]] Result<void> add(qint64 row, const SearchText& text);
    /// It cannot any more. To be called before the row goes.
    [[nodiscard]] Result<void> remove(qint64 row);

private:
    StoreConnection* m_connection;
    StoreStatements* m_statements;
};
