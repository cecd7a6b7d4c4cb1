// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/apiparameters.h"

#include "base/httpsyntax.h"
#include "config/settingkinds.h"
#include "store/searchexpression.h"

#include <QDateTime>
#include <QHash>
#include <QSet>

#include <functional>

namespace ApiParameters {

namespace {

constexpr qsizetype maxLimit = 1000;
constexpr qsizetype maxBuckets = 500;
constexpr qsizetype maxSearchBytes = 1000;
constexpr char repeatable[] = "id"; // every other parameter is given once

/// Nothing when the value was taken, else what it may be.
using TakeValue = std::function<QByteArray(const QByteArray& value)>;
using Takers = QHash<QByteArray, TakeValue>;

Error badParameter(const QByteArray& name, const QByteArray& why)
{
    return {
        ErrorCode::BadRequest, QString::fromUtf8("Parameter " + name + ' ' + why), QString::fromUtf8(name)};
}

Result<void> takeAll(const ApiQuery& query, const Takers& takers)
{
    QSet<QByteArray> seen;
    for (const ApiParameter& parameter : query.parameters) {
        const auto taker = takers.constFind(parameter.name);
        if (taker == takers.cend())
            return badParameter('"' + parameter.name + '"', "is unknown here");
        if (seen.contains(parameter.name) && parameter.name != repeatable)
            return badParameter(parameter.name, "is given twice");
        seen.insert(parameter.name);
        if (parameter.value.isEmpty())
            return badParameter(parameter.name, "is empty");
        if (const QByteArray allowed = (*taker)(parameter.value); !allowed.isEmpty())
            return badParameter(parameter.name, "must be " + allowed);
    }
    return {};
}

TakeValue intoText(QByteArray* text)
{
    return [text](const QByteArray& value) {
        *text = value;
        return QByteArray();
    };
}

template <typename Enum>
TakeValue intoWord(std::optional<Enum>* target, const QList<std::pair<QByteArray, Enum>>& words)
{
    return [target, words](const QByteArray& value) {
        QByteArray allowed = "one of";
        for (const auto& [word, meaning] : words) {
            if (value == word) {
                *target = meaning;
                return QByteArray();
            }
            allowed += (allowed.endsWith("of") ? " " : ", ") + word;
        }
        return allowed;
    };
}

std::optional<qint64> timeOf(const QByteArray& value, qint64 nowUs)
{
    if (const auto ago = SettingKinds::parseDuration(value))
        return nowUs - std::chrono::microseconds(*ago).count();
    const QString text = QString::fromUtf8(value);
    if (const QDate day = QDate::fromString(text, Qt::ISODate); value.size() == 10 && day.isValid())
        return QDateTime(day, QTime(0, 0), Qt::UTC).toMSecsSinceEpoch() * 1000;
    // A time without a zone would mean another moment on another machine.
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
        return std::nullopt;
    return time.toMSecsSinceEpoch() * 1000;
}

TakeValue intoTime(std::optional<qint64>* target, qint64 nowUs)
{
    return [target, nowUs](const QByteArray& value) {
        *target = timeOf(value, nowUs);
        return *target
            ? QByteArray()
            : QByteArray("a time like 2026-11-24T10:00:00Z (a + as %2B), a day like 2026-11-24, or "
                         "15m, 2h, 7d for so long ago");
    };
}

TakeValue intoSearch(QByteArray* expression)
{
    return [expression](const QByteArray& value) {
        *expression = value.size() > maxSearchBytes ? QByteArray() : searchExpression(value);
        return expression->isEmpty() ? QByteArray("words to search for, at most 1000 bytes") : QByteArray();
    };
}

TakeValue intoMilliseconds(std::optional<qint64>* microseconds)
{
    return [microseconds](const QByteArray& value) {
        const auto number = HttpSyntax::parseDecimal(value);
        if (!number || *number > 1'000'000'000)
            return QByteArray("a number of milliseconds from 0 to 1000000000");
        *microseconds = *number * 1000;
        return QByteArray();
    };
}

void addFilters(Takers* takers, TraceFilter* filter, qint64 nowUs)
{
    takers->insert("provider", intoText(&filter->provider));
    takers->insert("model", intoText(&filter->model));
    takers->insert("session", intoText(&filter->session));
    takers->insert("user", intoText(&filter->user));
    takers->insert("tag", intoText(&filter->tag));
    takers->insert("q", intoSearch(&filter->search));
    takers->insert("status",
        intoWord<StatusClass>(&filter->status,
            {{"2xx", StatusClass::Success}, {"4xx", StatusClass::ClientError},
                {"5xx", StatusClass::ServerError}, {"error", StatusClass::Error},
                {"cancelled", StatusClass::Cancelled}}));
    takers->insert("delivery",
        intoWord<DeliveryState>(&filter->state,
            {{"pending", DeliveryState::Pending}, {"delivered", DeliveryState::Delivered},
                {"rejected", DeliveryState::Rejected}, {"disabled", DeliveryState::Disabled}}));
    takers->insert("since", intoTime(&filter->sinceUs, nowUs));
    takers->insert("until", intoTime(&filter->untilUs, nowUs));
    takers->insert("minDurationMs", intoMilliseconds(&filter->minDurationUs));
}

void addPage(Takers* takers, Page* page)
{
    takers->insert("limit", [page](const QByteArray& value) {
        const auto number = HttpSyntax::parseDecimal(value);
        if (!number || *number < 1 || *number > maxLimit)
            return QByteArray("a number from 1 to 1000");
        page->limit = qsizetype(*number);
        return QByteArray();
    });
    takers->insert("cursor", [page](const QByteArray& value) {
        const QByteArray text = QByteArray::fromBase64(value, QByteArray::Base64UrlEncoding);
        const auto row = HttpSyntax::parseDecimal(text.mid(1));
        if (!text.startsWith('r') || !row || cursorFor(*row) != value)
            return QByteArray("the nextCursor of an earlier answer");
        page->beforeRow = *row;
        return QByteArray();
    });
}

} // namespace

QByteArray cursorFor(qint64 row)
{
    return ('r' + QByteArray::number(row))
        .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

Result<TraceList> traceList(const ApiQuery& query, qint64 nowUs)
{
    TraceList list;
    Takers takers;
    addFilters(&takers, &list.filter, nowUs);
    addPage(&takers, &list.page);
    if (auto taken = takeAll(query, takers); !taken)
        return taken.error();
    return list;
}

Result<Page> page(const ApiQuery& query)
{
    Page page;
    Takers takers;
    addPage(&takers, &page);
    if (auto taken = takeAll(query, takers); !taken)
        return taken.error();
    return page;
}

Result<Statistics> statistics(const ApiQuery& query, qint64 nowUs)
{
    Statistics statistics;
    Takers takers;
    addFilters(&takers, &statistics.filter, nowUs);
    takers.insert("buckets", [&statistics](const QByteArray& value) {
        const auto number = HttpSyntax::parseDecimal(value);
        if (!number || *number < 1 || *number > maxBuckets)
            return QByteArray("a number from 1 to 500");
        statistics.buckets = qsizetype(*number);
        return QByteArray();
    });
    if (auto taken = takeAll(query, takers); !taken)
        return taken.error();
    return statistics;
}

Result<TraceFilter> selection(const ApiQuery& query, qint64 nowUs, bool isAllImplied)
{
    TraceFilter filter;
    bool isAll = false;
    Takers takers;
    addFilters(&takers, &filter, nowUs);
    takers.insert(repeatable, [&filter](const QByteArray& value) {
        filter.ids.append(value);
        return QByteArray();
    });
    takers.insert("all", [&isAll](const QByteArray& value) {
        isAll = value == "true";
        return isAll ? QByteArray() : QByteArray("true");
    });
    if (auto taken = takeAll(query, takers); !taken)
        return taken.error();
    if (isAll && !filter.isEmpty())
        return badParameter("all", "stands alone: all=true is everything, a filter is less");
    if (!isAll && !isAllImplied && filter.isEmpty())
        return badParameter("id", "is missing: name traces by id, by filters, or all=true");
    return filter;
}

Result<LiveFilter> liveFilter(const ApiQuery& query)
{
    LiveFilter filter;
    Takers takers;
    takers.insert("id", intoText(&filter.call));
    takers.insert("provider", intoText(&filter.provider));
    takers.insert("model", intoText(&filter.model));
    takers.insert("session", intoText(&filter.session));
    if (auto taken = takeAll(query, takers); !taken)
        return taken.error();
    return filter;
}

Result<void> none(const ApiQuery& query)
{
    return takeAll(query, {});
}

} // namespace ApiParameters
