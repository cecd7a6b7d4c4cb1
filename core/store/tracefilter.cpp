// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracefilter.h"

#include "trace/capture.h"

#include <QStringList>

namespace {

QString statusCondition(StatusClass status)
{
    switch (status) {
    case StatusClass::Success:
        return QStringLiteral("trace.status BETWEEN 200 AND 299");
    case StatusClass::ClientError:
        return QStringLiteral("trace.status BETWEEN 400 AND 499");
    case StatusClass::ServerError:
        return QStringLiteral("trace.status BETWEEN 500 AND 599");
    case StatusClass::Error:
        return QStringLiteral("(trace.status >= 400 OR trace.error_code <> '')");
    case StatusClass::Cancelled:
        return QStringLiteral("trace.outcome = %1").arg(int(CallOutcome::ClientCancelled));
    }
    Q_UNREACHABLE();
}

} // namespace

FilterClause filterClause(const TraceFilter& filter)
{
    QStringList conditions;
    QList<QVariant> values;
    const auto addText = [&](const QByteArray& text, const char* condition, int marks = 1) {
        if (text.isEmpty())
            return;
        conditions.append(QLatin1String(condition));
        for (int i = 0; i < marks; ++i)
            values.append(QString::fromUtf8(text));
    };
    const auto addNumber = [&](const std::optional<qint64>& number, const char* condition, int marks = 1) {
        if (!number)
            return;
        conditions.append(QLatin1String(condition));
        for (int i = 0; i < marks; ++i)
            values.append(*number);
    };
    if (!filter.ids.isEmpty()) {
        QStringList marks;
        for (const QByteArray& id : filter.ids) {
            marks.append(QStringLiteral("?"));
            values.append(QString::fromUtf8(id));
        }
        conditions.append(QStringLiteral("trace.id IN (%1)").arg(marks.join(QLatin1Char(','))));
    }
    // The second condition makes the partial index fit.
    addText(filter.session, "trace.session = ? AND trace.session <> ''");
    addText(filter.user, "trace.user = ? AND trace.user <> ''");
    addText(filter.provider, "trace.provider = ?");
    addText(filter.model, "(trace.model = ? OR trace.request_model = ?)", 2);
    addText(filter.tag, "instr(trace.tags, char(10) || ? || char(10)) > 0");
    if (filter.status)
        conditions.append(statusCondition(*filter.status));
    if (filter.state) {
        conditions.append(QStringLiteral("trace.state = %1").arg(int(*filter.state)));
        if (filter.state != DeliveryState::Pending)
            conditions.append(QStringLiteral("trace.state <> 0")); // as above
    }
    // Rows stand in the order in which calls ended, which is nearly that of their starts: the index of starts
    // bounds the rows, and the list is still walked in its own order, newest first. `+` keeps SQLite from
    // sorting by the index instead.
    addNumber(filter.sinceUs,
        "trace.row >= (SELECT min(row) FROM trace AS t INDEXED BY trace_started WHERE t.started_at >= ?)"
        " AND +trace.started_at >= ?",
        2);
    addNumber(filter.untilUs,
        "trace.row <= (SELECT max(row) FROM trace AS t INDEXED BY trace_started WHERE t.started_at < ?)"
        " AND +trace.started_at < ?",
        2);
    addNumber(filter.minDurationUs, "trace.duration >= ?");
    if (conditions.isEmpty())
        conditions.append(QStringLiteral("1"));
    return {conditions.join(QLatin1String(" AND ")), values};
}
