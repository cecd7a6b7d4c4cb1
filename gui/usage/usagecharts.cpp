// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/usage/usagecharts.h"

#include "gui/model/calltext.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace {

double measured(const ModelUsage& usage, UsageMeasure measure)
{
    switch (measure) {
    case UsageMeasure::Tokens:
        return double(usage.totalTokens.value_or(0));
    case UsageMeasure::Cost:
        return usage.costUsd.value_or(0);
    case UsageMeasure::Calls:
        break;
    }
    return double(usage.calls);
}

QString modelKey(const ModelUsage& usage)
{
    return usage.provider + u'\n' + usage.model;
}

/// A model's name alone where no other provider has the same.
QString seriesName(const ModelUsage& usage, const QList<ModelUsage>& all)
{
    const auto same = std::count_if(
        all.begin(), all.end(), [&](const ModelUsage& other) { return other.model == usage.model; });
    return same > 1 ? usage.name() + QStringLiteral(" (%1)").arg(usage.provider) : usage.name();
}

QDateTime usageLocalTime(qint64 us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000);
}

/// Of a part of the time: day and time where the whole is more than a day.
QString partName(qint64 startUs, qint64 endUs, bool hasDays)
{
    const QLocale locale;
    const QDateTime start = usageLocalTime(startUs);
    const QString from = locale.toString(start.time(), QLocale::ShortFormat);
    const QString to = locale.toString(usageLocalTime(endUs).time(), QLocale::ShortFormat);
    const QString times = QStringLiteral("%1 – %2").arg(from, to);
    return hasDays ? QStringLiteral("%1, %2").arg(locale.toString(start.date(), QLocale::ShortFormat), times)
                   : times;
}

/// At round moments, about eight of them: full quarters of an hour, full hours, midnights.
QString partTick(qint64 startUs, qint64 lengthUs, bool hasDays)
{
    const QTime time = usageLocalTime(startUs).time();
    const qint64 second = time.msecsSinceStartOfDay() / 1000;
    const qint64 every = hasDays ? 86'400 : lengthUs >= 600'000'000 ? 3 * 3600 : 600;
    if (second % every >= std::max<qint64>(1, lengthUs / 1'000'000))
        return {};
    return hasDays ? QLocale().toString(usageLocalTime(startUs).date(), QStringLiteral("ddd d"))
                   : QLocale().toString(time, QLocale::ShortFormat);
}

QString milliseconds(double ms)
{
    return CallText::duration(qint64(std::llround(ms * 1000)));
}

} // namespace

BarData usageOverTime(const UsageData& data, UsageMeasure measure)
{
    BarData bars;
    bars.keyName = "since";
    bars.isWhole = measure != UsageMeasure::Cost;
    bars.text = [measure](double value) {
        return measure == UsageMeasure::Cost ? CallText::cost(value)
                                             : CallText::count(qint64(std::llround(value)));
    };
    QList<ModelUsage> models = data.models;
    std::stable_sort(models.begin(), models.end(), [measure](const ModelUsage& a, const ModelUsage& b) {
        return measured(a, measure) > measured(b, measure);
    });
    models.removeIf([measure](const ModelUsage& usage) { return measured(usage, measure) <= 0; });
    const bool isSummedUp = models.size() > BarChart::colours;
    const qsizetype alone = isSummedUp ? BarChart::colours - 1 : models.size();
    QHash<QString, qsizetype> seriesOf;
    for (qsizetype i = 0; i < models.size(); ++i) {
        seriesOf.insert(modelKey(models.at(i)), std::min(i, alone));
        if (i < alone)
            bars.series.append({seriesName(models.at(i), data.models), {}});
    }
    if (isSummedUp) {
        const int others = int(models.size() - alone);
        bars.series.append({QCoreApplication::translate("UsageCharts", "%n others", nullptr, others), {}});
    }
    const qint64 parts = std::max<qint64>(1, data.buckets.size());
    const qint64 lengthUs = (data.untilUs - data.sinceUs) / parts;
    const bool hasDays = data.untilUs - data.sinceUs > 2 * 86'400'000'000LL;
    for (BarSeries& series : bars.series)
        series.values.fill(0, data.buckets.size());
    for (qsizetype place = 0; place < data.buckets.size(); ++place) {
        const UsageBucket& bucket = data.buckets.at(place);
        BarPlace at;
        at.name = partName(bucket.startUs, bucket.startUs + lengthUs, hasDays);
        at.tick = partTick(bucket.startUs, lengthUs, hasDays);
        at.key
            = QDateTime::fromMSecsSinceEpoch(bucket.startUs / 1000, Qt::UTC).toString(Qt::ISODate).toLatin1();
        for (const ModelUsage& usage : bucket.models) {
            at.isLeast |= measure == UsageMeasure::Cost && usage.isCostPartial();
            if (const auto series = seriesOf.constFind(modelKey(usage)); series != seriesOf.cend())
                bars.series[*series].values[place] += measured(usage, measure);
        }
        bars.places.append(at);
    }
    return bars;
}

BarData usageTimes(const QList<TimeBar>& times)
{
    BarData bars;
    bars.keyName = "up_to_ms";
    bars.isWhole = true;
    bars.text = [](double value) { return CallText::count(qint64(std::llround(value))); };
    BarSeries series{QStringLiteral("calls"), {}};
    double from = 0;
    for (const TimeBar& time : times) {
        BarPlace at;
        const bool isLast = std::isinf(time.upToMs);
        at.name = isLast
            ? QCoreApplication::translate("UsageCharts", "longer than %1").arg(milliseconds(from))
            : from <= 0
            ? QCoreApplication::translate("UsageCharts", "up to %1").arg(milliseconds(time.upToMs))
            : QStringLiteral("%1 – %2").arg(milliseconds(from), milliseconds(time.upToMs));
        at.tick = isLast ? QString() : milliseconds(time.upToMs);
        at.key = isLast ? QByteArray("inf") : QByteArray::number(time.upToMs);
        series.values.append(double(time.calls));
        bars.places.append(at);
        from = time.upToMs;
    }
    bars.series.append(series);
    return bars;
}

QString usageCost(const ModelUsage& usage)
{
    if (!usage.costUsd)
        return usage.callsWithTokens > 0 ? QCoreApplication::translate("UsageCharts", "n/a")
                                         : CallText::nothing();
    const QString cost = CallText::cost(*usage.costUsd);
    return usage.isCostPartial() ? QStringLiteral("≥ ") + cost : cost;
}
