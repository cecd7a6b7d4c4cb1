// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/list/columnlayout.h"

#include "gui/model/requestcolumns.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace {

using Columns = RequestColumns;

constexpr int layoutVersion = 1;
constexpr int leastWideWindow = 1500; // below, the columns for wide windows are left out at first
constexpr int cellPadding = 12;
constexpr int narrowestColumn = 20;
constexpr int widestColumn = 4000;

QJsonArray arrayOf(const QList<int>& numbers)
{
    QJsonArray array;
    for (const int number : numbers)
        array.append(number);
    return array;
}

/// Each column of the array once; what is no column is left out.
QList<int> columnsIn(const QJsonValue& value)
{
    QList<int> columns;
    for (const QJsonValue& item : value.toArray()) {
        const int column = item.toInt(-1);
        if (column >= 0 && column < Columns::Count && !columns.contains(column))
            columns.append(column);
    }
    return columns;
}

} // namespace

ColumnLayout ColumnLayout::atFirst(const QFontMetrics& metrics, int width, bool isNarrow)
{
    static const QList<int> narrowColumns{
        Columns::Number, Columns::State, Columns::Model, Columns::Request, Columns::Output, Columns::Cost};
    ColumnLayout layout;
    for (int column = 0; column < Columns::Count; ++column) {
        layout.order.append(column);
        const bool isShown = isNarrow ? narrowColumns.contains(column)
                                      : Columns::isShownAtFirst(column)
                && (width >= leastWideWindow || !Columns::isForWideWindows(column));
        if (isShown)
            layout.shown.append(column);
        const int text = std::max(metrics.horizontalAdvance(Columns::widest(column)),
            metrics.horizontalAdvance(Columns::title(column)));
        layout.widths.insert(column, text + cellPadding);
    }
    return layout;
}

ColumnLayout ColumnLayout::of(const QHeaderView& header)
{
    ColumnLayout layout;
    for (int place = 0; place < header.count(); ++place) {
        const int column = header.logicalIndex(place);
        layout.order.append(column);
        const bool isShown = !header.isSectionHidden(column);
        if (isShown) {
            layout.shown.append(column);
            layout.widths.insert(column, header.sectionSize(column));
        }
    }
    std::sort(layout.shown.begin(), layout.shown.end());
    layout.sortColumn = std::max(header.sortIndicatorSection(), 0);
    layout.isDescending = header.sortIndicatorOrder() == Qt::DescendingOrder;
    return layout;
}

void ColumnLayout::applyTo(QHeaderView* header) const
{
    for (int place = 0; place < order.size(); ++place)
        header->moveSection(header->visualIndex(order[place]), place);
    for (int column = 0; column < header->count(); ++column) {
        header->setSectionHidden(column, !shown.contains(column));
        if (const int width = widths.value(column); width > 0 && shown.contains(column))
            header->resizeSection(column, width);
    }
    header->setSortIndicator(sortColumn, isDescending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QByteArray ColumnLayout::toJson() const
{
    QJsonObject sizes;
    for (auto it = widths.begin(); it != widths.end(); ++it)
        sizes.insert(QString::number(it.key()), it.value());
    const QJsonObject object{{QStringLiteral("v"), layoutVersion}, {QStringLiteral("order"), arrayOf(order)},
        {QStringLiteral("shown"), arrayOf(shown)}, {QStringLiteral("widths"), sizes},
        {QStringLiteral("known"), int(Columns::Count)}, {QStringLiteral("sort"), sortColumn},
        {QStringLiteral("descending"), isDescending}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<ColumnLayout> ColumnLayout::fromJson(const QByteArray& json, const ColumnLayout& first)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.value(QLatin1String("v")).toInt() != layoutVersion)
        return std::nullopt;
    ColumnLayout layout = first;
    layout.order = columnsIn(object.value(QLatin1String("order")));
    layout.shown = columnsIn(object.value(QLatin1String("shown")));
    if (layout.shown.isEmpty())
        return std::nullopt;
    const int known = object.value(QLatin1String("known")).toInt();
    for (const int column : first.order) {
        if (!layout.order.contains(column))
            layout.order.append(column);
        if (column >= known && first.shown.contains(column) && !layout.shown.contains(column))
            layout.shown.append(column);
    }
    const QJsonObject sizes = object.value(QLatin1String("widths")).toObject();
    for (auto it = sizes.begin(); it != sizes.end(); ++it) {
        const int width = it.value().toInt();
        if (width >= narrowestColumn && width <= widestColumn)
            layout.widths.insert(it.key().toInt(), width);
    }
    layout.sortColumn = std::clamp(object.value(QLatin1String("sort")).toInt(), 0, int(Columns::Count) - 1);
    layout.isDescending = object.value(QLatin1String("descending")).toBool();
    return layout;
}
