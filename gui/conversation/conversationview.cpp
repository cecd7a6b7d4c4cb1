// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationview.h"

#include "gui/conversation/conversationbrowser.h"
#include "gui/conversation/conversationtext.h"
#include "gui/conversation/findbar.h"
#include "gui/style/theme.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QSettings>
#include <QTextTable>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace {

constexpr int liveIntervalMs = 50;
constexpr int followSlack = 4; // pixels from the end that still count as the end
constexpr int longestLiveCell = 8000; // characters
const QString foldGroup = QStringLiteral("conv/collapse");

QToolButton* toolButton(const QString& name, const QString& text, const QString& icon, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(name);
    button->setText(text);
    button->setIcon(theme::icon(icon));
    button->setAutoRaise(true);
    button->setToolButtonStyle(icon.isEmpty() ? Qt::ToolButtonTextOnly : Qt::ToolButtonTextBesideIcon);
    return button;
}

} // namespace

ConversationView::ConversationView(QWidget* parent)
    : QWidget(parent)
    , m_browser(new ConversationBrowser(&m_blocks, this))
    , m_tools(new QWidget(this))
    , m_findBar(new FindBar(m_browser, tr("Find in this conversation"), this))
{
    setObjectName(QStringLiteral("conversation"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tools);
    layout->addWidget(m_findBar);
    layout->addWidget(m_browser, 1);
    setFocusProxy(m_browser);
    buildTools();
    connect(m_browser, &QTextBrowser::anchorClicked, this, &ConversationView::followLink);
    m_liveTimer.setInterval(liveIntervalMs);
    m_liveTimer.setSingleShot(true);
    connect(&m_liveTimer, &QTimer::timeout, this, &ConversationView::showLive);
    QSettings settings;
    settings.beginGroup(foldGroup);
    for (const QString& kind : settings.childKeys())
        m_folded.insert(kind, settings.value(kind).toBool());
}

ConversationView::~ConversationView() = default;

void ConversationView::buildTools()
{
    auto* row = new QHBoxLayout(m_tools);
    row->setContentsMargins(4, 2, 4, 2);
    m_expandAll
        = toolButton(QStringLiteral("expandAll"), tr("Expand all"), QStringLiteral("expand"), m_tools);
    m_expandAll->setCheckable(true);
    m_plain = toolButton(QStringLiteral("plainText"), tr("Plain text"), QStringLiteral("raw"), m_tools);
    m_plain->setCheckable(true);
    m_plain->setToolTip(tr("Show Markdown as it was written"));
    auto* findButton
        = toolButton(QStringLiteral("findButton"), tr("Find"), QStringLiteral("search"), m_tools);
    auto* copyButton
        = toolButton(QStringLiteral("copyMarkdown"), tr("Copy as Markdown"), QStringLiteral("copy"), m_tools);
    for (QToolButton* button : {m_expandAll, m_plain, findButton, copyButton})
        row->addWidget(button);
    row->addStretch(1);
    connect(m_expandAll, &QToolButton::toggled, this, &ConversationView::renderKeepingPlace);
    connect(m_plain, &QToolButton::toggled, this, &ConversationView::renderKeepingPlace);
    connect(findButton, &QToolButton::clicked, m_findBar, &FindBar::open);
    connect(copyButton, &QToolButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(markdown()); });
}

ConversationHtml::Look ConversationView::look() const
{
    ConversationHtml::Look look;
    look.palette = palette();
    look.provider = m_provider;
    look.fixedFont = QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
    look.folded = m_folded;
    look.whole = m_whole;
    look.isAllOpen = m_expandAll->isChecked();
    look.isPlain = m_plain->isChecked();
    return look;
}

void ConversationView::showCall(const QJsonObject& call, const ConversationNeighbours& neighbours)
{
    const QString id = call.value(QLatin1String("id")).toString();
    const bool isSame = id == m_callId && !m_isLive;
    m_liveTimer.stop();
    m_isLive = false;
    m_callId = id;
    m_provider = call.value(QLatin1String("provider")).toString();
    m_blocks = ConversationBlocks::of(call, neighbours);
    if (isSame) {
        renderKeepingPlace();
        return;
    }
    m_whole.clear();
    render();
    m_browser->scrollToAnchor(QStringLiteral("new"));
}

void ConversationView::beginLive(const QString& provider, const LiveDocument& soFar)
{
    m_isLive = true;
    m_callId.clear();
    m_provider = provider;
    m_live = soFar;
    m_whole.clear();
    (void)m_live.takeIsNew();
    m_blocks = m_live.blocks();
    render();
    m_browser->verticalScrollBar()->setValue(m_browser->verticalScrollBar()->maximum());
}

void ConversationView::setPreview(const QString& preview)
{
    m_live.setPreview(preview);
    if (m_isLive)
        showLive();
}

void ConversationView::addProgress(const QJsonObject& progress)
{
    if (!m_isLive)
        return;
    m_live.add(progress);
    if (!m_liveTimer.isActive())
        m_liveTimer.start();
}

void ConversationView::showLive()
{
    QScrollBar* bar = m_browser->verticalScrollBar();
    const bool isFollowing = bar->value() >= bar->maximum() - followSlack;
    const int place = bar->value();
    if (m_live.takeIsNew()) {
        m_blocks = m_live.blocks();
        render();
    } else {
        appendLive(m_live.takeText());
        m_blocks = m_live.blocks();
    }
    bar->setValue(isFollowing ? bar->maximum() : place);
}

/// Into the cell of the last card, which is plain while it comes. Qt lays a cell out whole with each change:
/// a long card goes on in a cell more until it is rendered as one.
void ConversationView::appendLive(const QString& text)
{
    const QList<QTextFrame*> frames = m_browser->document()->rootFrame()->childFrames();
    auto* table = frames.isEmpty() ? nullptr : qobject_cast<QTextTable*>(frames.last());
    if (!table || text.isEmpty())
        return;
    const QTextTableCell cell = table->cellAt(0, 0);
    QTextCursor cursor = cell.lastCursorPosition();
    if (cell.lastPosition() - cell.firstPosition() > longestLiveCell) {
        const QTextCharFormat written = cursor.charFormat();
        cursor = m_browser->document()->rootFrame()->lastCursorPosition();
        QTextTable* next = cursor.insertTable(1, 1, table->format());
        next->cellAt(0, 0).setFormat(cell.format());
        cursor = next->cellAt(0, 0).firstCursorPosition();
        cursor.setCharFormat(written);
    }
    cursor.insertText(text);
}

void ConversationView::showNote(const QString& text)
{
    m_liveTimer.stop();
    m_isLive = false;
    m_callId.clear();
    m_blocks.clear();
    m_browser->setHtml(QStringLiteral("<p align=\"center\" style=\"color:%1;margin:24px\">%2</p>")
                           .arg(theme::secondaryText(palette()).name(), text.toHtmlEscaped()));
}

QString ConversationView::markdown() const
{
    return ConversationText::markdown(m_blocks);
}

void ConversationView::render()
{
    ConversationHtml::Look usual = look();
    if (!m_isLive || m_blocks.isEmpty()) {
        m_browser->setHtml(ConversationHtml(usual).html(m_blocks));
        return;
    }
    const qsizetype last = m_blocks.size() - 1;
    QString html = ConversationHtml(usual).html(m_blocks.first(last));
    usual.isAllOpen = usual.isPlain = true;
    usual.whole.insert(last);
    m_browser->setHtml(html + ConversationHtml(usual).card(m_blocks.at(last), last));
}

void ConversationView::renderKeepingPlace()
{
    if (m_blocks.isEmpty())
        return;
    const int place = m_browser->verticalScrollBar()->value();
    render();
    m_browser->verticalScrollBar()->setValue(place);
}

void ConversationView::followLink(const QUrl& link)
{
    const QString scheme = link.scheme();
    const QStringList words = link.path().split(u':');
    if (scheme == QLatin1String("fold")) {
        const QString anchor = QStringLiteral("card-") + words.last();
        const ConversationBlock& block
            = m_blocks.at(std::min(words.last().toLongLong(), m_blocks.size() - 1));
        const bool isFolded = !ConversationHtml(look()).isFolded(block);
        m_folded.insert(words.first(), isFolded);
        QSettings().setValue(foldGroup + u'/' + words.first(), isFolded);
        const double before = m_browser->anchorTop(anchor);
        const int place = m_browser->verticalScrollBar()->value();
        const QSignalBlocker blocker(m_expandAll);
        m_expandAll->setChecked(false);
        render();
        // The card stays below the pointer.
        m_browser->verticalScrollBar()->setValue(place + qRound(m_browser->anchorTop(anchor) - before));
    } else if (scheme == QLatin1String("copy")) {
        const qsizetype place = words.first().toLongLong();
        if (place >= 0 && place < m_blocks.size())
            QGuiApplication::clipboard()->setText(m_blocks.at(place).text);
    } else if (scheme == QLatin1String("whole")) {
        m_whole.insert(words.first().toLongLong());
        renderKeepingPlace();
    } else if (scheme == QLatin1String("raw")) {
        Q_EMIT rawWanted(link.path());
    } else if (scheme == QLatin1String("http") || scheme == QLatin1String("https")) {
        QDesktopServices::openUrl(link);
    }
}

void ConversationView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        renderKeepingPlace();
    QWidget::changeEvent(event);
}
