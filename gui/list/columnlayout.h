// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ColumnLayout: which columns of the list are shown, in which order, how wide and by which one it is sorted.
// As JSON it can be kept; a layout from before a column was added gives that column its first place and
// width, so that an update loses nothing. A value of the main thread.
//
//     {"v":1,"order":[0,1,2],"widths":{"0":40},"shown":[0,1],"known":28,"sort":0,"descending":false}

#include <QByteArray>
#include <QHash>
#include <QList>

#include <optional>

class QFontMetrics;
class QHeaderView;

struct ColumnLayout
{
    QList<int> order; // all columns, from left to right
    QList<int> shown;
    QHash<int, int> widths; // pixels
    int sortColumn = 0;
    bool isDescending = false;

    /// `width`: of the window. `isNarrow`: the list stands beside the detail and has room for few columns.
    [[nodiscard]] static ColumnLayout atFirst(const QFontMetrics& metrics, int width, bool isNarrow);
    [[nodiscard]] static ColumnLayout of(const QHeaderView& header);
    void applyTo(QHeaderView* header) const;

    [[nodiscard]] QByteArray toJson() const;
    /// What is missing comes from `first`. Nothing: it is not a layout, or one of another version.
    [[nodiscard]] static std::optional<ColumnLayout> fromJson(
        const QByteArray& json, const ColumnLayout& first);

    bool operator==(const ColumnLayout&) const = default;
};
