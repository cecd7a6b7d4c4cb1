// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceFilter: which traces somebody asks for, and the same as SQL. A value; made on the engine thread, used
// on the query thread.

#include "store/deliverystate.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QVariant>

#include <optional>

enum class StatusClass {
    Success, // 2xx
    ClientError, // 4xx
    ServerError, // 5xx
    Error, // an error of any kind: a status from 400 on, or a failure that has no status
    Cancelled, // the client left
};

/// Empty members ask for nothing. Texts are compared whole; all is UTF-8.
struct TraceFilter
{
    QList<QByteArray> ids; // any of them
    QByteArray provider;
    QByteArray model; // as asked for or as answered
    QByteArray session;
    QByteArray user;
    QByteArray tag;
    QByteArray search; // an expression of searchExpression()
    std::optional<StatusClass> status;
    std::optional<DeliveryState> state;
    std::optional<qint64> sinceUs; // microseconds since 1970 UTC: started then or later
    std::optional<qint64> untilUs; // started before
    std::optional<qint64> minDurationUs;

    [[nodiscard]] bool isEmpty() const { return *this == TraceFilter(); }
    bool operator==(const TraceFilter&) const = default;
};

/// A condition on the table `trace`, with the values of its marks in order.
struct FilterClause
{
    QString condition; // never empty
    QList<QVariant> values;
};

/// All but `search`, which FTS5 decides (see StoreReader).
[[nodiscard]] FilterClause filterClause(const TraceFilter& filter);
