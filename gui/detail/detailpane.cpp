// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/detailpane.h"

#include "gui/conversation/conversationview.h"
#include "gui/detail/bodyview.h"
#include "gui/detail/callloader.h"
#include "gui/detail/deliveryview.h"
#include "gui/detail/diffhtml.h"
#include "gui/detail/eventsview.h"
#include "gui/detail/headersview.h"
#include "gui/detail/summarystrip.h"
#include "gui/detail/timingview.h"
#include "gui/model/calltext.h"
#include "gui/model/requestlistmodel.h"
#include "gui/source/tracesource.h"

#include <QEvent>
#include <QJsonDocument>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <algorithm>

DetailPane::DetailPane(TraceSource* source, const RequestListModel* model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_summary(new SummaryStrip(this))
    , m_problem(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_conversation(new ConversationView(this))
    , m_request(new BodyView(QStringLiteral("request"), false, this))
    , m_response(new BodyView(QStringLiteral("response"), true, this))
    , m_events(new EventsView(this))
    , m_timing(new TimingView(this))
    , m_headers(new HeadersView(this))
    , m_diff(new QTextBrowser(this))
    , m_delivery(new DeliveryView(this))
{
    setObjectName(QStringLiteral("detailPane"));
    build();
    setSource(source);
}

DetailPane::~DetailPane() = default;

void DetailPane::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_summary);
    column->addWidget(m_problem);
    column->addWidget(m_tabs, 1);
    m_tabs->setObjectName(QStringLiteral("detailTabs"));
    m_tabs->setDocumentMode(true);
    m_problem->setObjectName(QStringLiteral("detailProblem"));
    m_problem->setTextFormat(Qt::RichText);
    m_problem->setWordWrap(true);
    m_problem->setMargin(8);
    m_problem->hide();
    QWidget* const pages[]
        = {m_conversation, m_request, m_response, m_events, m_timing, m_headers, m_diff, m_delivery};
    for (int tab = 0; tab < TabCount; ++tab)
        m_tabs->addTab(pages[tab], titleOf(Tab(tab)));
    m_diff->setObjectName(QStringLiteral("diff"));
    m_diff->setOpenLinks(false);
    m_diff->setFrameShape(QFrame::NoFrame);
    m_response->setForm(BodyView::Reassembled);
    followFocus();
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        followFocus();
        fillTab();
    });
    connect(m_problem, &QLabel::linkActivated, this, [this] {
        if (m_loader && !m_id.isEmpty())
            m_loader->load(m_id);
    });
    connect(m_conversation, &ConversationView::rawWanted, this, &DetailPane::showRaw);
    connect(m_request, &BodyView::saveWanted, this, [this] { save("request"); });
    connect(m_response, &BodyView::saveWanted, this, [this] { save("response"); });
}

QString DetailPane::titleOf(Tab tab)
{
    const QString titles[] = {tr("Conversation"), tr("Request"), tr("Response"), tr("Events"), tr("Timing"),
        tr("Headers"), tr("Diff"), tr("Delivery")};
    static_assert(std::size(titles) == TabCount);
    return titles[tab];
}

/// Who goes to the pane goes to what it shows.
void DetailPane::followFocus()
{
    setFocusProxy(m_tabs->currentWidget());
}

/// The colours of a diff are written into it.
void DetailPane::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || m_call.isEmpty())
        return;
    m_isFilled[Diff] = false;
    fillTab();
}

void DetailPane::setSource(TraceSource* source)
{
    clear();
    m_open.clear();
    m_openFacts.clear();
    if (m_source)
        disconnect(m_source, nullptr, this, nullptr);
    delete std::exchange(m_loader, nullptr);
    m_source = source;
    m_delivery->setSource(source);
    if (!source)
        return;
    m_loader = new CallLoader(source, this);
    connectLoader();
    connect(source, &TraceSource::eventsArrived, this, &DetailPane::takeEvents);
}

void DetailPane::connectLoader()
{
    connect(m_loader, &CallLoader::loaded, this, &DetailPane::takeCall);
    connect(m_loader, &CallLoader::foundOpen, this, &DetailPane::showLive);
    connect(m_loader, &CallLoader::failed, this, &DetailPane::showProblem);
    connect(m_loader, &CallLoader::previousFound, this, [this](const QJsonObject& call) {
        m_neighbours.previous = call;
        m_neighbours.previousName = nameOf(call);
        m_tabs->setTabText(Diff, tr("Diff vs %1").arg(m_neighbours.previousName));
        m_isFilled[Conversation] = m_isFilled[Diff] = false;
        showSummary();
        fillTab();
    });
    connect(m_loader, &CallLoader::nextFound, this, [this](const QJsonObject& call) {
        m_neighbours.next = call;
        m_neighbours.nextName = tr("in %1").arg(nameOf(call));
        m_isFilled[Conversation] = false;
        fillTab();
    });
}

void DetailPane::showCall(const QByteArray& id)
{
    if (id.isEmpty() || !m_loader) {
        clear();
        return;
    }
    if (id == m_id)
        return;
    // The tabs keep the call before until the new one is there: most come within milliseconds.
    m_id = id;
    m_call = {};
    m_neighbours = {};
    showSummary();
    if (m_openFacts.contains(id))
        showLive();
    else
        m_loader->load(id);
}

void DetailPane::clear()
{
    m_id.clear();
    m_call = {};
    m_neighbours = {};
    if (m_loader)
        m_loader->stop();
    m_summary->clearCall();
    m_conversation->showNote(tr("No call is selected"));
    m_problem->hide();
    emptyTabs();
}

/// Of all but the conversation: there is nothing of the call that is shown.
void DetailPane::emptyTabs()
{
    m_events->showCall({});
    m_tabs->setTabText(Events, tr("Events"));
    m_tabs->setTabText(Diff, tr("Diff"));
    std::fill(std::begin(m_isFilled), std::end(m_isFilled), false);
    fillTab();
}

void DetailPane::setTab(Tab tab)
{
    m_tabs->setCurrentIndex(tab);
}

CallFacts DetailPane::facts() const
{
    if (const CallFacts* known = m_model ? m_model->find(m_id) : nullptr)
        return *known;
    return m_call.isEmpty() ? m_openFacts.value(m_id) : CallFacts::fromSummary(m_call);
}

/// "#22", else when it began.
QString DetailPane::nameOf(const QJsonObject& call) const
{
    const CallFacts other = CallFacts::fromSummary(call);
    const CallFacts* listed = m_model ? m_model->find(other.id) : nullptr;
    return listed && listed->number > 0 ? u'#' + QString::number(listed->number)
                                        : CallText::time(other.startedAtUs);
}

void DetailPane::showSummary()
{
    const CallFacts shown = facts();
    const QString problem = m_call.isEmpty() || m_neighbours.previous.isEmpty()
        ? QString()
        : DiffHtml::problem(m_neighbours.previous, m_call);
    m_summary->showCall(shown, shown.number > 0 ? u'#' + QString::number(shown.number) : QString(), problem);
}

void DetailPane::takeCall(const QJsonObject& call)
{
    m_call = call;
    m_problem->hide();
    std::fill(std::begin(m_isFilled), std::end(m_isFilled), false);
    showSummary();
    m_events->showCall(call);
    m_tabs->setTabText(
        Events, m_events->events() > 0 ? tr("Events (%1)").arg(m_events->events()) : tr("Events"));
    m_tabs->setTabText(Diff, tr("Diff"));
    fillTab();
    Q_EMIT callShown(m_id);
}

void DetailPane::fillTab()
{
    const int tab = m_tabs->currentIndex();
    if (m_isFilled[tab])
        return;
    const bool isOpen = m_call.isEmpty();
    m_isFilled[tab] = true;
    switch (tab) {
    case Conversation:
        if (!isOpen)
            m_conversation->showCall(m_call, m_neighbours);
        break;
    case Request:
        fillBody(m_request, "request");
        break;
    case Response:
        fillBody(m_response, "response");
        break;
    case Timing:
        m_timing->showCall(m_call);
        break;
    case Headers:
        m_headers->showCall(m_call);
        break;
    case Diff:
        m_diff->setHtml(m_call.isEmpty() ? QString()
                : m_neighbours.previous.isEmpty()
                ? QStringLiteral("<p>%1</p>")
                      .arg(tr("No earlier call of this session begins as this one does."))
                : DiffHtml::of(m_neighbours.previous, m_call, m_neighbours.previousName, palette()));
        break;
    case Delivery:
        m_delivery->showCall(m_call);
        break;
    default:
        break;
    }
}

void DetailPane::showProblem(const QString& why)
{
    m_problem->setText(QStringLiteral("<b>%1</b> %2 &nbsp;<a href=\"again\">%3</a>")
                           .arg(tr("This call could not be fetched:"), why.toHtmlEscaped(), tr("Try again")));
    m_problem->show();
    m_conversation->showNote({});
    emptyTabs();
    Q_EMIT callShown(m_id);
}

void DetailPane::showLive()
{
    m_problem->hide();
    emptyTabs();
    m_conversation->beginLive(facts().provider, m_open.value(m_id));
    showSummary();
    Q_EMIT callShown(m_id);
}

void DetailPane::takeEvents(const QList<SourceEvent>& events)
{
    for (const SourceEvent& event : events)
        takeEvent(event);
    if (!m_id.isEmpty() && (m_call.isEmpty() || events.size() > 0))
        showSummary();
}

void DetailPane::takeEvent(const SourceEvent& event)
{
    if (!event.type.startsWith("call."))
        return;
    const QJsonObject about = QJsonDocument::fromJson(event.json).object();
    const QByteArray id = (event.type == "call.progress" || event.type == "call.lost"
            ? about.value(QLatin1String("id"))
            : about.value(QLatin1String("call"))[QLatin1String("id")])
                              .toString()
                              .toLatin1();
    if (event.type == "call.started" || event.type == "call.response") {
        const CallFacts known = CallFacts::fromEvent(about);
        m_openFacts.insert(id, known);
        m_open[id].setPreview(known.preview);
        if (id == m_id)
            m_conversation->setPreview(known.preview);
    } else if (event.type == "call.progress") {
        m_open[id].add(about);
        m_openFacts[id].addProgress(about);
        if (id == m_id)
            m_conversation->addProgress(about);
    } else {
        m_open.remove(id);
        m_openFacts.remove(id);
        if (id == m_id && m_loader)
            m_loader->load(id);
    }
}
