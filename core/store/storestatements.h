// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreStatements: the SQL that the store repeats, prepared once. Owned by StoreDatabase; must go before its
// connection does. Telemetry thread.

#include <QSqlQuery>
#include <QString>

class QSqlDatabase;

class StoreStatements final
{
public:
    explicit StoreStatements(const QSqlDatabase& database);

    /// Nothing, or SQLite's words.
    [[nodiscard]] QString prepare();

    QSqlQuery insertTrace;
    QSqlQuery insertContent;
    QSqlQuery insertSearchText;
    QSqlQuery selectSearchText;
    QSqlQuery addWords;
    QSqlQuery removeWords;
    QSqlQuery insertPiece;
    QSqlQuery usePiece;
    QSqlQuery releasePiece;
    QSqlQuery deletePiece;
    QSqlQuery deleteTrace;
    QSqlQuery settle;
    QSqlQuery tallyPending;
    QSqlQuery settleDelivered;
    QSqlQuery unreject;
    QSqlQuery noteAttempt;
    QSqlQuery addToLedger;
    QSqlQuery selectPending;
    QSqlQuery selectOldest;
    QSqlQuery selectPendingBytes;
    QSqlQuery selectState;
    QSqlQuery selectRow;
    QSqlQuery selectSettled;
    QSqlQuery selectContent;
    QSqlQuery selectPiece;
    QSqlQuery selectById;
    QSqlQuery selectNewest;
};
