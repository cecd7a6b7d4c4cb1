// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallDelegate: paints the cells of the list of calls. Paints only: no widgets in cells. Owned by the table;
// main thread.

#include "gui/list/timelinescale.h"

#include <QSet>
#include <QStyledItemDelegate>

class RequestListModel;

class CallDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallDelegate)

public:
    explicit CallDelegate(const RequestListModel* model, QObject* parent = nullptr);
    ~CallDelegate() override;

    void setScale(const TimelineScale& scale) { m_scale = scale; }
    [[nodiscard]] const TimelineScale& scale() const { return m_scale; }
    /// Calls that should have been read from the provider's cache and were not.
    void setCacheMisses(const QSet<QByteArray>& ids) { m_cacheMisses = ids; }

    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// A call's bar: light until its first token, and dotted on while it is open.
    static void paintTimeline(QPainter* painter, const QStyleOptionViewItem& option, const CallFacts& call,
        const TimelineScale& scale);
    /// Where bars lie in their cell.
    [[nodiscard]] static QRectF timelineArea(const QStyleOptionViewItem& option);
    /// Of texts and glyphs on the selection.
    [[nodiscard]] static QColor selectedText(const QStyleOptionViewItem& option);
    /// The colour of the cell's text: a warning, an error, dimmed, selected.
    [[nodiscard]] QColor textColor(const QStyleOptionViewItem& option, const QModelIndex& index) const;

private:
    void paintText(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintChip(QPainter* painter, const QStyleOptionViewItem& option, const CallFacts& call) const;

    const RequestListModel* m_model;
    TimelineScale m_scale;
    QSet<QByteArray> m_cacheMisses;
};
