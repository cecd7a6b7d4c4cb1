// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/tracerow.h"

#include "store/placeholders.h"
#include "store/storebatch.h"

#include <QSqlQuery>
#include <QStringList>
#include <QVariant>

namespace TraceRow {

namespace {

QVariant rowText(const QByteArray& utf8)
{
    // SQLite tells NULL from empty, Qt's null string is NULL.
    return utf8.isEmpty() ? QString(QLatin1String("")) : QString::fromUtf8(utf8);
}

QVariant rowNumber(const std::optional<qint64>& number)
{
    return number ? QVariant(*number) : QVariant();
}

/// Between line feeds, so that a word is found whole: "\na\nb\n".
QByteArray joinedWords(const QList<QByteArray>& words)
{
    return words.isEmpty() ? QByteArray() : '\n' + words.join('\n') + '\n';
}

/// Takes the values of a row in the order of columns().
class RowValues final
{
public:
    explicit RowValues(const QSqlQuery* query)
        : m_query(query)
    {
    }

    QByteArray text() { return next().toString().toUtf8(); }
    /// As joinedWords() joined them.
    QList<QByteArray> words()
    {
        const QByteArray joined = text();
        return joined.size() > 2 ? joined.sliced(1, joined.size() - 2).split('\n') : QList<QByteArray>();
    }
    qint64 number() { return next().toLongLong(); }
    std::optional<qint64> optionalNumber()
    {
        const QVariant value = next();
        return value.isNull() ? std::nullopt : std::optional<qint64>(value.toLongLong());
    }

private:
    QVariant next() { return m_query->value(m_position++); }

    const QSqlQuery* m_query;
    int m_position = 0;
};

const QStringList& writtenColumns()
{
    static const QStringList names = QStringLiteral(
        "id request_id started_at provider method path name request_model model status outcome error_code"
        " session user tags finish_reason is_stream first_byte first_token duration tokens_input"
        " tokens_cached tokens_cache_write tokens_output tokens_reasoning tokens_total cost captured_bytes"
        " state reason bytes error_message preview tools")
                                         .split(QLatin1Char(' '));
    return names;
}

} // namespace

QString insertStatement()
{
    QStringList marks;
    for (qsizetype i = 0; i < writtenColumns().size(); ++i)
        marks.append(QStringLiteral("?"));
    return QStringLiteral("INSERT OR IGNORE INTO trace (%1) VALUES (%2)")
        .arg(writtenColumns().join(QLatin1String(", ")), marks.join(QLatin1String(", ")));
}

void bind(QSqlQuery* insert, const StoredTrace& trace)
{
    const TraceSummary& row = trace.summary;
    int position = 0;
    for (const QVariant& value : {rowText(row.id), rowText(row.requestId), QVariant(row.startedAtUs),
             rowText(row.provider), rowText(row.method), rowText(row.path), rowText(row.name),
             rowText(row.requestModel), rowText(row.model), QVariant(row.status), QVariant(int(row.outcome)),
             rowText(row.errorCode), rowText(row.session), rowText(row.user), rowText(joinedWords(row.tags)),
             rowText(row.finishReason), QVariant(int(row.isStream)), QVariant(row.firstByteUs),
             QVariant(row.firstTokenUs), QVariant(row.durationUs), rowNumber(row.tokens.input),
             rowNumber(row.tokens.cached), rowNumber(row.tokens.cacheWrite), rowNumber(row.tokens.output),
             rowNumber(row.tokens.reasoning), rowNumber(row.tokens.total), rowNumber(row.picodollars),
             QVariant(row.capturedBytes), QVariant(int(row.state)), rowText(row.reason),
             QVariant(qint64(trace.storedBytes())), rowText(row.errorMessage), rowText(row.preview),
             rowText(joinedWords(row.tools))})
        insert->bindValue(Placeholders::at(position++), value);
    Q_ASSERT(position == writtenColumns().size());
}

QString columns()
{
    static const QString text = QLatin1String("trace.row, trace.attempts, trace.last_error, trace.")
        + writtenColumns().join(QLatin1String(", trace."));
    return text;
}

TraceSummary read(const QSqlQuery& query)
{
    RowValues values(&query);
    TraceSummary row;
    row.row = values.number();
    row.attempts = int(values.number());
    row.lastError = values.text();
    row.id = values.text();
    row.requestId = values.text();
    row.startedAtUs = values.number();
    row.provider = values.text();
    row.method = values.text();
    row.path = values.text();
    row.name = values.text();
    row.requestModel = values.text();
    row.model = values.text();
    row.status = int(values.number());
    row.outcome = CallOutcome(values.number());
    row.errorCode = values.text();
    row.session = values.text();
    row.user = values.text();
    row.tags = values.words();
    row.finishReason = values.text();
    row.isStream = values.number() != 0;
    row.firstByteUs = values.number();
    row.firstTokenUs = values.number();
    row.durationUs = values.number();
    row.tokens.input = values.optionalNumber();
    row.tokens.cached = values.optionalNumber();
    row.tokens.cacheWrite = values.optionalNumber();
    row.tokens.output = values.optionalNumber();
    row.tokens.reasoning = values.optionalNumber();
    row.tokens.total = values.optionalNumber();
    row.picodollars = values.optionalNumber();
    row.capturedBytes = values.number();
    row.state = DeliveryState(values.number());
    row.reason = values.text();
    (void)values.number(); // bytes as stored
    row.errorMessage = values.text();
    row.preview = values.text();
    row.tools = values.words();
    return row;
}

} // namespace TraceRow
