// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/callsidebar.h"

#include "gui/filter/savedfilters.h"
#include "gui/model/callfilter.h"
#include "gui/model/calltext.h"
#include "gui/style/theme.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTreeWidgetItemIterator>

namespace {

enum SidebarRole {
    KeyRole = Qt::UserRole,
    FieldRole,
    TermRole,
    LabelRole,
    ExpressionRole, // of a saved filter
    SessionRole,
};

constexpr qsizetype longestName = 28;
constexpr int sumMargin = 6;

QString middleCut(const QString& text)
{
    if (text.size() <= longestName)
        return text;
    return text.left(longestName / 2) + QChar(u'…') + text.right(longestName / 2 - 1);
}

FilterChip groupChip(const QString& field, const QString& value)
{
    return {FilterChip::Kind::Group, field, CallFilter::term(field, value), field + u':' + middleCut(value),
        false};
}

/// Name and sum in one cell: each name has the room that its own sum leaves.
class GroupDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QModelIndex sumIndex = index.siblingAtColumn(1);
        const QString sum = sumIndex.data(Qt::DisplayRole).toString();
        const int sumWidth = sum.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(sum) + sumMargin;
        const auto mirrored = [&option](const QRect& rect) {
            return QStyle::visualRect(option.direction, option.rect, rect);
        };
        QStyleOptionViewItem name = option;
        name.rect.setWidth(std::max(0, option.rect.width() - sumWidth - sumMargin));
        name.rect = mirrored(name.rect);
        QStyledItemDelegate::paint(painter, name, index);
        painter->save();
        painter->setPen(theme::secondaryText(option.palette));
        painter->drawText(mirrored(option.rect.adjusted(0, 0, -sumMargin, 0)),
            QStyle::visualAlignment(option.direction, Qt::AlignRight) | Qt::AlignVCenter, sum);
        painter->restore();
    }
};

} // namespace

CallSidebar::CallSidebar(SavedFilters* saved, QWidget* parent)
    : QTreeWidget(parent)
    , m_saved(saved)
{
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Groups of calls"));
    setColumnCount(2);
    header()->hide();
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(0, QHeaderView::Stretch);
    setColumnHidden(1, true); // painted in the first
    setItemDelegateForColumn(0, new GroupDelegate(this));
    setIndentation(12);
    setUniformRowHeights(true);
    setSelectionMode(NoSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTextElideMode(Qt::ElideMiddle);
    setExpandsOnDoubleClick(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    m_all = new QTreeWidgetItem(this, {tr("All calls"), QString()});
    m_all->setData(0, KeyRole, QStringLiteral("all"));
    m_sessions = addSection(tr("Sessions"), QStringLiteral("sessions"));
    m_providers = addSection(tr("Providers"), QStringLiteral("providers"));
    m_models = addSection(tr("Models"), QStringLiteral("models"));
    m_savedFilters = addSection(tr("Saved filters"), QStringLiteral("saved"));
    connect(saved, &SavedFilters::changed, this, &CallSidebar::fillSaved);
    connect(this, &QTreeWidget::customContextMenuRequested, this, &CallSidebar::showSavedMenu);
    fillSaved();
    setGroups({});
}

CallSidebar::~CallSidebar() = default;

QTreeWidgetItem* CallSidebar::addSection(const QString& title, const QString& name)
{
    auto* item = new QTreeWidgetItem(this, {title});
    item->setData(0, KeyRole, name);
    item->setExpanded(true);
    return item;
}

FilterChip CallSidebar::sessionChip(const QString& session)
{
    return groupChip(QStringLiteral("session"), session);
}

void CallSidebar::setGroups(const CallGroups& groups)
{
    m_all->setText(1, CallText::count(groups.all.calls));
    QList<Entry> sessions;
    for (const CallGroups::Session& session : groups.sessions) {
        Entry entry{session.id, session.id, session.sum.text(), session.id, sessionChip(session.id), {}};
        if (session.id.isEmpty()) {
            entry.text = tr("no session");
            entry.chip = {FilterChip::Kind::Group, QStringLiteral("session"), QStringLiteral("-session:*"),
                tr("no session"), false};
        }
        for (const CallGroups::Group& agent : session.agents) {
            FilterChip chip = groupChip(QStringLiteral("agent"), agent.value);
            chip.field = QStringLiteral("session"); // beside its session it is an alternative
            chip.term = QStringLiteral("(%1 %2)").arg(
                CallFilter::term(QStringLiteral("session"), session.id), chip.term);
            entry.children.append({agent.value, QStringLiteral("↳ ") + agent.value, agent.sum.text(),
                tr("Agent %1 of the session %2").arg(agent.value, session.id), chip, {}});
        }
        sessions.append(entry);
    }
    fill(m_sessions, sessions);
    m_sessions->setText(
        1, groups.leftOutSessions > 0 ? tr("+%n older", nullptr, int(groups.leftOutSessions)) : QString());
    const auto plain = [](const QString& field, const QList<CallGroups::Group>& list) {
        QList<Entry> entries;
        for (const CallGroups::Group& group : list)
            entries.append({group.value, group.value, CallText::count(group.sum.calls),
                group.value + u'\n' + group.sum.text(), groupChip(field, group.value), {}});
        return entries;
    };
    fill(m_providers, plain(QStringLiteral("provider"), groups.providers));
    fill(m_models, plain(QStringLiteral("model"), groups.models));
    paintActive();
}

void CallSidebar::fillSaved()
{
    QList<Entry> entries;
    for (const SavedFilters::Saved& filter : m_saved->saved())
        entries.append({filter.expression, filter.name, {}, filter.expression, {}, {}});
    fill(m_savedFilters, entries);
    for (int i = 0; i < m_savedFilters->childCount(); ++i)
        m_savedFilters->child(i)->setData(0, ExpressionRole, m_savedFilters->child(i)->data(0, KeyRole));
    paintActive();
}

/// Changes as little as possible: what is there already stays the same item.
void CallSidebar::fill(QTreeWidgetItem* parent, const QList<Entry>& entries)
{
    for (int place = 0; place < entries.size(); ++place) {
        const Entry& entry = entries[place];
        int found = place;
        while (found < parent->childCount() && parent->child(found)->data(0, KeyRole) != entry.key)
            ++found;
        QTreeWidgetItem* item = nullptr;
        if (found == place && found < parent->childCount()) {
            item = parent->child(found);
        } else if (found < parent->childCount()) {
            const bool wasExpanded = parent->child(found)->isExpanded();
            item = parent->takeChild(found);
            parent->insertChild(place, item);
            item->setExpanded(wasExpanded);
        } else {
            item = new QTreeWidgetItem;
            item->setData(0, KeyRole, entry.key);
            parent->insertChild(place, item);
            item->setExpanded(true);
        }
        item->setText(0, entry.text);
        item->setText(1, entry.sum);
        item->setToolTip(0, entry.toolTip);
        item->setData(0, Qt::AccessibleTextRole, QStringLiteral("%1, %2").arg(entry.text, entry.sum));
        item->setData(0, FieldRole, entry.chip.field);
        item->setData(0, TermRole, entry.chip.term);
        item->setData(0, LabelRole, entry.chip.label);
        fill(item, entry.children);
    }
    while (parent->childCount() > entries.size())
        delete parent->takeChild(parent->childCount() - 1);
    if (parent->parent() == nullptr)
        parent->setHidden(entries.isEmpty());
}

void CallSidebar::setActive(const ActiveFilter& active, const QString& expression)
{
    m_active = active;
    m_expression = expression;
    paintActive();
}

void CallSidebar::paintActive()
{
    const QColor secondary = theme::secondaryText(palette());
    const QColor plain = palette().color(QPalette::Text);
    for (QTreeWidgetItemIterator it(this); *it; ++it) {
        QTreeWidgetItem* item = *it;
        const QString term = item->data(0, TermRole).toString();
        const QString saved = item->data(0, ExpressionRole).toString();
        bool isActive = !term.isEmpty() && m_active.has(term);
        bool isExcluded = false;
        for (const FilterChip& chip : m_active.chips)
            isExcluded = isExcluded || (chip.term == term && chip.isExcluded);
        isActive = isActive || (!saved.isEmpty() && saved == m_expression)
            || (item == m_all && m_active.isEmpty());
        QFont font = this->font();
        font.setBold(isActive && !isExcluded);
        font.setStrikeOut(isExcluded);
        const bool isSection = !item->parent() && item != m_all;
        item->setFont(0, font);
        item->setForeground(0, isSection || isExcluded ? secondary : plain);
    }
}

void CallSidebar::activate(QTreeWidgetItem* item, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
{
    if (item == m_all) {
        Q_EMIT allChosen();
        return;
    }
    if (const QString saved = item->data(0, ExpressionRole).toString(); !saved.isEmpty()) {
        Q_EMIT savedFilterChosen(saved);
        return;
    }
    FilterChip chip{FilterChip::Kind::Group, item->data(0, FieldRole).toString(),
        item->data(0, TermRole).toString(), item->data(0, LabelRole).toString(), false};
    if (chip.term.isEmpty()) {
        item->setExpanded(!item->isExpanded());
        return;
    }
    chip.isExcluded = button == Qt::MiddleButton;
    if (chip.isExcluded || (modifiers & Qt::ControlModifier))
        Q_EMIT added(chip);
    else
        Q_EMIT chosen(chip);
}

void CallSidebar::mousePressEvent(QMouseEvent* event)
{
    QTreeWidgetItem* item = itemAt(event->position().toPoint());
    const bool isOnBranch = item && event->position().x() < visualItemRect(item).left();
    if (!item || isOnBranch || event->button() == Qt::RightButton) {
        QTreeWidget::mousePressEvent(event);
        return;
    }
    setCurrentItem(item);
    activate(item, event->button(), event->modifiers());
}

void CallSidebar::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QTreeWidgetItem* item = itemAt(event->position().toPoint());
    if (item && item->parent() == m_sessions && !item->data(0, KeyRole).toString().isEmpty())
        Q_EMIT sessionOpened(item->data(0, KeyRole).toString());
}

void CallSidebar::keyPressEvent(QKeyEvent* event)
{
    const bool isClick
        = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space;
    if (isClick && currentItem())
        activate(currentItem(), Qt::LeftButton, event->modifiers());
    else
        QTreeWidget::keyPressEvent(event);
}

void CallSidebar::changeEvent(QEvent* event)
{
    QTreeWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        paintActive();
}

void CallSidebar::showSavedMenu(const QPoint& at)
{
    QTreeWidgetItem* item = itemAt(at);
    if (!item)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const QString saved = item->data(0, ExpressionRole).toString(); !saved.isEmpty()) {
        connect(menu->addAction(tr("&Forget this filter")), &QAction::triggered, this,
            [this, saved] { m_saved->remove(saved); });
    } else if (!item->data(0, TermRole).toString().isEmpty()) {
        // The item may be gone when the menu answers.
        FilterChip chip{FilterChip::Kind::Group, item->data(0, FieldRole).toString(),
            item->data(0, TermRole).toString(), item->data(0, LabelRole).toString(), false};
        if (const QString session = item->data(0, KeyRole).toString();
            item->parent() == m_sessions && !session.isEmpty())
            connect(menu->addAction(tr("Show the &session")), &QAction::triggered, this,
                [this, session] { Q_EMIT sessionOpened(session); });
        connect(menu->addAction(tr("Show &only this")), &QAction::triggered, this,
            [this, chip] { Q_EMIT chosen(chip); });
        connect(menu->addAction(tr("&Add to what is shown")), &QAction::triggered, this,
            [this, chip] { Q_EMIT added(chip); });
        chip.isExcluded = true;
        connect(menu->addAction(tr("&Hide this")), &QAction::triggered, this,
            [this, chip] { Q_EMIT added(chip); });
    }
    if (menu->isEmpty())
        delete menu;
    else
        menu->popup(viewport()->mapToGlobal(at));
}
