// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "legibility.h"

#include "gui/style/theme.h"

#include <QAbstractButton>
#include <QAbstractTextDocumentLayout>
#include <QComboBox>
#include <QHash>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QScrollBar>
#include <QTabBar>
#include <QTableView>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>
#include <QToolButton>
#include <QTreeView>

#include <algorithm>

namespace {

QString placeOf(const QWidget* widget)
{
    QString name;
    for (const QWidget* at = widget; name.isEmpty() && at; at = at->parentWidget()) {
        if (!at->objectName().startsWith(QLatin1String("qt_"))) // Qt's own parts
            name = at->objectName();
    }
    return name.isEmpty() ? QString::fromLatin1(widget->metaObject()->className()) : name;
}

QString shortened(const QString& text)
{
    return u'"' + text.left(40).simplified() + u'"';
}

template <typename Widget>
QList<const Widget*> seen(const QWidget* window)
{
    QList<const Widget*> widgets;
    for (const Widget* widget : window->findChildren<const Widget*>()) {
        if (widget->isVisible() && widget->window() == window && !widget->visibleRegion().isEmpty())
            widgets.append(widget);
    }
    return widgets;
}

/// Of a button with an icon alone the text is for screen readers.
bool showsText(const QAbstractButton* button)
{
    const auto* tool = qobject_cast<const QToolButton*>(button);
    const bool isIcon = tool && tool->toolButtonStyle() == Qt::ToolButtonIconOnly && !tool->icon().isNull();
    return !button->text().isEmpty() && !isIcon;
}

/// Of that part of the picture: the colour that most of it has, and the one that stands out most from it.
double contrastWithin(const QImage& picture, const QRect& part)
{
    const double ratio = picture.devicePixelRatio();
    const QRect pixels = QRect(QPoint(int(part.x() * ratio), int(part.y() * ratio)),
        QSize(int(part.width() * ratio), int(part.height() * ratio)))
                             .intersected(picture.rect());
    QHash<QRgb, int> counts;
    for (int y = pixels.top(); y <= pixels.bottom(); ++y) {
        for (int x = pixels.left(); x <= pixels.right(); ++x)
            ++counts[picture.pixel(x, y)];
    }
    QRgb ground = 0;
    int most = 0;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it) {
        if (it.value() > most)
            ground = it.key();
        most = std::max(most, it.value());
    }
    double best = 1;
    for (auto it = counts.constBegin(); it != counts.constEnd(); ++it)
        best = std::max(best, theme::contrast(QColor(it.key()), QColor(ground)));
    return best;
}

/// The picture of one window, and what was found faint in it.
class Search
{
public:
    Search(const QWidget* window, const QImage& picture)
        : m_window(window)
        , m_picture(picture)
    {
    }

    /// `rect` in the coordinates of `widget`.
    void look(const QWidget* widget, QRect rect, const QString& text)
    {
        rect = rect.intersected(widget->visibleRegion().boundingRect());
        // A dash or an ellipsis by itself has no stroke thick enough.
        const bool isWord
            = std::any_of(text.cbegin(), text.cend(), [](QChar letter) { return letter.isLetterOrNumber(); });
        if (!isWord || rect.width() < 4 || rect.height() < 6 || !widget->isEnabled())
            return;
        const QRect part(widget->mapTo(m_window, rect.topLeft()), rect.size());
        const double found = contrastWithin(m_picture, part);
        if (found < legibility::leastContrast)
            m_found.append(QStringLiteral("%1: %2 has a contrast of %3")
                               .arg(placeOf(widget), shortened(text))
                               .arg(found, 0, 'f', 2));
    }

    [[nodiscard]] QStringList found() const { return m_found; }

private:
    const QWidget* m_window;
    const QImage& m_picture;
    QStringList m_found;
};

void lookAtTable(Search* search, const QTableView* table)
{
    const QAbstractItemModel* model = table->model();
    for (int row = table->rowAt(0); model && row >= 0 && row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            const QModelIndex cell = model->index(row, column);
            const QRect rect = table->visualRect(cell);
            if (rect.height() == 0 || !table->viewport()->rect().contains(rect))
                continue;
            if (!(cell.flags() & Qt::ItemIsEnabled))
                continue;
            search->look(table->viewport(), rect, cell.data().toString());
        }
    }
}

void lookAtTree(Search* search, const QTreeView* tree)
{
    for (QModelIndex item = tree->indexAt(QPoint(0, 0)); item.isValid(); item = tree->indexBelow(item)) {
        const QRect rect = tree->visualRect(item);
        if (tree->viewport()->rect().contains(rect))
            search->look(tree->viewport(), rect, item.data().toString());
    }
}

/// Each piece of one format by itself, up to the end of its first line.
void lookAtDocument(Search* search, const QTextEdit* edit)
{
    const QPoint scrolled(edit->horizontalScrollBar()->value(), edit->verticalScrollBar()->value());
    const QAbstractTextDocumentLayout* layout = edit->document()->documentLayout();
    for (QTextBlock block = edit->document()->begin(); block.isValid(); block = block.next()) {
        const QPointF origin = layout->blockBoundingRect(block).topLeft();
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            const int begin = fragment.position() - block.position();
            const QTextLine line = block.layout()->lineForTextPosition(begin);
            if (!fragment.isValid() || !line.isValid())
                continue;
            const int end = std::min(begin + fragment.length(), line.textStart() + line.textLength());
            const QRectF rect(origin + QPointF(line.cursorToX(begin), line.y()),
                QSizeF(line.cursorToX(end) - line.cursorToX(begin), line.height()));
            search->look(edit->viewport(), rect.toRect().translated(-scrolled), fragment.text());
        }
    }
}

} // namespace

QStringList legibility::cutOffTexts(const QWidget* window)
{
    QStringList found;
    const auto expect = [&found](const QWidget* widget, int has, int needs, const QString& text) {
        if (has < needs)
            found.append(QStringLiteral("%1: %2 has %3 of %4 pixels")
                             .arg(placeOf(widget), shortened(text))
                             .arg(has)
                             .arg(needs));
    };
    for (const auto* label : seen<QLabel>(window)) {
        if (!label->text().isEmpty() && !label->wordWrap())
            expect(label, label->width(), label->minimumSizeHint().width(), label->text());
        else if (label->wordWrap() && label->hasHeightForWidth())
            expect(label, label->height(), label->heightForWidth(label->width()), label->text());
    }
    for (const auto* button : seen<QAbstractButton>(window)) {
        if (showsText(button))
            expect(button, button->width(), button->minimumSizeHint().width(), button->text());
    }
    for (const auto* choice : seen<QComboBox>(window))
        expect(choice, choice->width() - choice->height(), // the arrow is about square
            choice->fontMetrics().horizontalAdvance(choice->currentText()), choice->currentText());
    for (const auto* tabs : seen<QTabBar>(window)) {
        for (int tab = 0; tab < tabs->count(); ++tab)
            expect(tabs, tabs->tabRect(tab).width(),
                tabs->fontMetrics().horizontalAdvance(tabs->tabText(tab)), tabs->tabText(tab));
    }
    for (const auto* header : seen<QHeaderView>(window)) {
        for (int section = 0; header->model() && section < header->count(); ++section) {
            const QString title = header->model()->headerData(section, header->orientation()).toString();
            if (header->orientation() == Qt::Horizontal && !header->isSectionHidden(section))
                expect(header, header->sectionSize(section), header->fontMetrics().horizontalAdvance(title),
                    title);
        }
    }
    return found;
}

QStringList legibility::faintTexts(const QWidget* window, const QImage& picture)
{
    Search search(window, picture);
    for (const auto* label : seen<QLabel>(window))
        search.look(label, label->rect(), label->text());
    for (const auto* button : seen<QAbstractButton>(window)) {
        if (showsText(button))
            search.look(button, button->rect(), button->text());
    }
    for (const auto* choice : seen<QComboBox>(window))
        search.look(choice, choice->rect(), choice->currentText());
    for (const auto* tabs : seen<QTabBar>(window)) {
        int room = tabs->width();
        for (const auto* scroller : seen<QAbstractButton>(tabs->window())) {
            if (scroller->parentWidget() == tabs)
                room = std::min(room, scroller->x()); // tabs go on below it
        }
        for (int tab = 0; tab < tabs->count(); ++tab) {
            if (tabs->tabRect(tab).right() < room)
                search.look(tabs, tabs->tabRect(tab), tabs->tabText(tab));
        }
    }
    for (const auto* table : seen<QTableView>(window))
        lookAtTable(&search, table);
    for (const auto* tree : seen<QTreeView>(window))
        lookAtTree(&search, tree);
    for (const auto* edit : seen<QTextEdit>(window))
        lookAtDocument(&search, edit);
    return search.found();
}
