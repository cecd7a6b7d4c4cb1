// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreConnection: the connection to the store's SQLite file and how it is set up. Owned by StoreDatabase;
// lives and dies on the telemetry thread (a Qt SQL connection belongs to its thread).

#include "base/result.h"

#include <functional>
#include <initializer_list>

class QSqlDatabase;
class QSqlQuery;
class QVariant;

class StoreConnection final
{
    Q_DISABLE_COPY_MOVE(StoreConnection)

public:
    /// A file, or ":memory:".
    explicit StoreConnection(const QString& path);
    ~StoreConnection(); // every query must be gone

    /// Opens the file and brings its schema up to date. StoreFailed with SQLite's words.
    [[nodiscard]] Result<void> open();
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] QSqlDatabase database() const;

    [[nodiscard]] Result<void> run(const QString& statement);
    /// The number that a statement gives; 0 for no row.
    [[nodiscard]] Result<qint64> number(const QString& statement);
    /// Binds the values in order and runs a statement that was prepared with Placeholders::numbered().
    [[nodiscard]] Result<void> execute(QSqlQuery* query, std::initializer_list<QVariant> values = {});
    /// Runs `work` in a transaction: all of it or nothing.
    [[nodiscard]] Result<void> transact(const std::function<Result<void>()>& work);

    /// The error of a statement that has failed. Remembers damage.
    [[nodiscard]] Error failureOf(const QSqlQuery& query);
    /// A statement has failed because the file is damaged.
    [[nodiscard]] bool isDamaged() const { return m_isDamaged; }
    /// Reads the whole file to find out. For when opening has failed, so that a full disk or a store of a
    /// newer version is not taken for damage.
    [[nodiscard]] bool findDamage();

private:
    QString m_path;
    QString m_name; // of the connection
    bool m_isDamaged = false;
};
