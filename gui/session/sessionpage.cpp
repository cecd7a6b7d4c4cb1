// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessionpage.h"

#include "gui/model/calltext.h"
#include "gui/model/requestlistmodel.h"
#include "gui/session/sessionview.h"
#include "gui/style/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace {

constexpr int sessionRefreshMs = 250; // at most so often

QString shortened(const QLabel& label, const QString& text)
{
    constexpr int most = 260;
    return label.fontMetrics().elidedText(text, Qt::ElideMiddle, most);
}

} // namespace

SessionPage::SessionPage(const RequestListModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_view(new SessionView(this))
    , m_head(new QHBoxLayout)
    , m_title(new QLabel(this))
    , m_totals(new QLabel(this))
{
    setObjectName(QStringLiteral("sessionPage"));
    setFocusProxy(m_view);
    auto* back = new QToolButton(this);
    back->setObjectName(QStringLiteral("leaveSession"));
    back->setIcon(theme::icon(QStringLiteral("back")));
    back->setText(tr("List"));
    back->setToolTip(tr("Back to the list of calls (Esc)"));
    back->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    back->setAutoRaise(true);
    m_title->setObjectName(QStringLiteral("sessionTitle"));
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_totals->setObjectName(QStringLiteral("sessionTotals"));
    m_totals->setTextFormat(Qt::PlainText);
    m_totals->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_totals->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_head->setContentsMargins(4, 2, 8, 2);
    m_head->setSpacing(10);
    m_head->addWidget(back);
    m_head->addWidget(m_title);
    m_head->addWidget(m_totals, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(m_head);
    column->addWidget(m_view, 1);
    connect(back, &QToolButton::clicked, this, &SessionPage::left);
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(sessionRefreshMs);
    connect(&m_refresh, &QTimer::timeout, this, &SessionPage::refresh);
    connect(model, &RequestListModel::callsChanged, this, &SessionPage::refreshSoon);
    connect(model, &QAbstractItemModel::dataChanged, this, &SessionPage::refreshSoon);
}

SessionPage::~SessionPage() = default;

void SessionPage::setSession(const QString& session)
{
    m_session = session;
    m_title->setText(shortened(*m_title, session));
    m_title->setToolTip(session);
    refresh();
}

void SessionPage::addTool(QAction* action)
{
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    m_head->addWidget(button);
}

QString SessionPage::totals() const
{
    return m_totals->text();
}

void SessionPage::refreshSoon()
{
    if (!m_session.isEmpty() && !m_refresh.isActive())
        m_refresh.start();
}

void SessionPage::refresh()
{
    m_refresh.stop();
    if (m_session.isEmpty()) {
        m_view->setTree(SessionTree::of({}, {}));
        return;
    }
    SessionTree tree = SessionTree::of(m_model->allCalls(), m_session);
    const SessionNode root = tree.root();
    const bool isGone = tree.isEmpty();
    m_view->setTree(std::move(tree));
    m_totals->setText(QStringList{tr("%n turn(s)", nullptr, int(root.children.size())),
        tr("%n call(s)", nullptr, int(root.totals.calls)), root.totals.text(),
        CallText::duration(root.toUs - root.fromUs)}
                          .join(QStringLiteral(" · ")));
    m_totals->setToolTip(m_totals->text());
    if (isGone)
        Q_EMIT left();
}
