// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessionview.h"

#include "gui/session/sessiondelegate.h"
#include "gui/session/sessionmodel.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QScrollBar>

#include <algorithm>

namespace {

constexpr int sessionIndentation = 14;
constexpr int cellPadding = 14;
constexpr int leastTextPixels = 200;
constexpr double timelineShare = 0.45; // of what the numbers leave

} // namespace

SessionView::SessionView(QWidget* parent)
    : QTreeView(parent)
    , m_model(new SessionModel(this))
{
    setObjectName(QStringLiteral("sessionTree"));
    setAccessibleName(tr("Turns, requests and tools of the session"));
    setModel(m_model);
    setItemDelegate(new SessionDelegate(m_model, this));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setIndentation(sessionIndentation);
    setExpandsOnDoubleClick(false);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    header()->setSectionsMovable(false);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setStretchLastSection(true);
    header()->setHighlightSections(false);
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex& index) {
        if (!m_isRestoring)
            m_collapsed.insert(m_model->node(index).key);
    });
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex& index) {
        if (!m_isRestoring)
            m_collapsed.remove(m_model->node(index).key);
    });
    connect(this, &QTreeView::doubleClicked, this, &SessionView::open);
}

SessionView::~SessionView() = default;

void SessionView::setTree(SessionTree tree)
{
    const bool isOther = tree.session != m_model->tree().session;
    if (isOther)
        m_collapsed.clear();
    const QString current = isOther ? QString() : m_model->node(currentIndex()).key;
    const int place = isOther ? 0 : verticalScrollBar()->value();
    const bool wasAtEnd = !isOther && place > 0 && place == verticalScrollBar()->maximum();
    bool isReset = false;
    const auto note = connect(m_model, &QAbstractItemModel::modelReset, this, [&isReset] { isReset = true; });
    m_isRestoring = true;
    m_model->setTree(std::move(tree));
    disconnect(note);
    if (isReset)
        restore(current);
    m_isRestoring = false;
    if (!isReset)
        return;
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(wasAtEnd ? verticalScrollBar()->maximum() : place);
}

void SessionView::restore(const QString& currentKey)
{
    expandAll();
    for (const QString& key : std::as_const(m_collapsed)) {
        if (const int place = placeOf(key); place > 0)
            collapse(m_model->indexOf(place));
    }
    const int place = currentKey.isEmpty() ? -1 : placeOf(currentKey);
    setCurrentIndex(place > 0 ? m_model->indexOf(place) : m_model->index(0, 0));
}

int SessionView::placeOf(const QString& key) const
{
    const std::vector<SessionNode>& nodes = m_model->tree().nodes;
    const auto found = std::find_if(
        nodes.begin(), nodes.end(), [&key](const SessionNode& node) { return node.key == key; });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}

QByteArray SessionView::callAt(const QModelIndex& index) const
{
    const SessionNode& node = m_model->node(index);
    const bool isOfCall = node.kind == SessionNode::Kind::Call || node.kind == SessionNode::Kind::Tool;
    return isOfCall ? node.call.id : QByteArray();
}

void SessionView::selectCall(const QByteArray& id)
{
    if (id.isEmpty() || callAt(currentIndex()) == id)
        return;
    const int place = m_model->tree().placeOfCall(id);
    if (place < 0)
        return;
    const QModelIndex index = m_model->indexOf(place);
    setCurrentIndex(index);
    scrollTo(index);
}

void SessionView::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTreeView::currentChanged(current, previous);
    if (m_isRestoring)
        return;
    if (const QByteArray id = callAt(current); !id.isEmpty())
        Q_EMIT callChosen(id);
}

void SessionView::open(const QModelIndex& index)
{
    if (const QByteArray id = callAt(index); !id.isEmpty())
        Q_EMIT callOpened(id);
    else if (index.isValid())
        setExpanded(index.siblingAtColumn(0), !isExpanded(index.siblingAtColumn(0)));
}

/// The keys of the list of calls.
void SessionView::keyPressEvent(QKeyEvent* event)
{
    const bool isPlain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    if (isPlain && (event->key() == Qt::Key_J || event->key() == Qt::Key_K)) {
        const QModelIndex next
            = event->key() == Qt::Key_J ? indexBelow(currentIndex()) : indexAbove(currentIndex());
        if (next.isValid())
            setCurrentIndex(next);
    } else if (isPlain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        open(currentIndex());
    } else {
        QTreeView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void SessionView::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    fitColumns();
}

/// Numbers have the room that they need; the text and the bars share the rest.
void SessionView::fitColumns()
{
    const auto width
        = [this](const QString& text) { return fontMetrics().horizontalAdvance(text) + cellPadding; };
    int numbers = 0;
    const auto set = [&](int column, const QString& widest) {
        const QString title = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        header()->resizeSection(column, std::max(width(widest), width(title)));
        numbers += header()->sectionSize(column);
    };
    set(SessionModel::Model, QStringLiteral("claude-opus-4-6"));
    set(SessionModel::Context, QStringLiteral("48.2k"));
    set(SessionModel::Input, QStringLiteral("48.2k"));
    set(SessionModel::Cached, QStringLiteral("100%"));
    set(SessionModel::Output, QStringLiteral("48.2k"));
    set(SessionModel::Cost, QStringLiteral("≥ $0.0070"));
    set(SessionModel::Duration, QStringLiteral("12m 05s…"));
    const int rest = viewport()->width() - numbers;
    header()->resizeSection(
        SessionModel::What, std::max(leastTextPixels, int(double(rest) * (1 - timelineShare))));
}
