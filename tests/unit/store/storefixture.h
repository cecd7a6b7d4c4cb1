// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the tests of the store share: small records, and a second connection to the file.

#include "store/tracestore.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>

/// A connection of somebody else to the same file.
class OtherConnection final
{
public:
    explicit OtherConnection(const QString& path, const QString& options = {})
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name());
        database.setDatabaseName(path);
        database.setConnectOptions(options);
        m_isOpen = database.open();
    }
    ~OtherConnection() { QSqlDatabase::removeDatabase(name()); }
    Q_DISABLE_COPY_MOVE(OtherConnection)

    bool run(const QString& statement) const
    {
        QSqlQuery query(QSqlDatabase::database(name(), false));
        const bool done = m_isOpen && query.exec(statement);
        if (!done)
            qWarning() << statement << query.lastError();
        return done;
    }

    qint64 number(const QString& statement) const
    {
        QSqlQuery query(QSqlDatabase::database(name(), false));
        return m_isOpen && query.exec(statement) && query.next() ? query.value(0).toLongLong() : -1;
    }

private:
    static QString name() { return QStringLiteral("other"); }
    bool m_isOpen = false;
};

/// Young for a long time: year 2096.
constexpr qint64 youngUs = 4'000'000'000'000'000;

inline TraceRecord recordNamed(const QByteArray& id, qint64 startedAtUs = youngUs)
{
    TraceRecord record;
    record.id = id;
    record.startedAtUs = startedAtUs;
    record.provider = "openai";
    record.requestModel = "m-1";
    record.status = 200;
    record.durationUs = 1234;
    record.attribution.sessionId = "s";
    record.responseText = "text of " + id;
    record.requestBytes = 100;
    record.responseBytes = 11;
    return record;
}

inline QList<QByteArray> idsOf(const QList<PendingTrace>& traces)
{
    QList<QByteArray> ids;
    for (const PendingTrace& trace : traces)
        ids.append(trace.record.id);
    return ids;
}

inline QList<QByteArray> idsOf(const QList<TraceRecord>& records)
{
    QList<QByteArray> ids;
    for (const TraceRecord& record : records)
        ids.append(record.id);
    return ids;
}
