// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DetailPane: everything of one call: its summary in a line, and tabs: what was said, both bodies, the events
// of its stream, where its time went, heads, what changed since the call before, its delivery. An open call
// shows its answer as it comes. Tabs are filled when they are looked at. Main thread, owned by the window.

#include "gui/conversation/conversationblocks.h"
#include "gui/conversation/livedocument.h"
#include "gui/model/callfacts.h"

#include <QHash>
#include <QPointer>
#include <QWidget>

class BodyView;
class CallLoader;
class ConversationView;
class DeliveryView;
class EventsView;
class HeadersView;
class QLabel;
class QTabWidget;
class QTextBrowser;
class RequestListModel;
class SummaryStrip;
class TimingView;
class TraceSource;
struct SourceEvent;

class DetailPane final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DetailPane)

public:
    enum Tab { Conversation, Request, Response, Events, Timing, Headers, Diff, Delivery, TabCount };

    /// `model`: what the list says of calls: their numbers, and open ones; may be null. It and the source,
    /// which may be null as well, outlive this or are taken away before.
    explicit DetailPane(
        TraceSource* source, const RequestListModel* model = nullptr, QWidget* parent = nullptr);
    ~DetailPane() override;

    /// Clears what is shown.
    void setSource(TraceSource* source);
    void showCall(const QByteArray& id);
    void clear();
    void setTab(Tab tab);
    /// In few words; the pane adds to some what is in them.
    [[nodiscard]] static QString titleOf(Tab tab);
    [[nodiscard]] const QByteArray& callId() const { return m_id; }

Q_SIGNALS:
    /// Everything of a call has been fetched and the tab that is looked at shows it.
    void callShown(const QByteArray& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void build();
    void connectLoader();
    void takeEvents(const QList<SourceEvent>& events);
    void takeEvent(const SourceEvent& event);
    void takeCall(const QJsonObject& call);
    void showLive();
    void showProblem(const QString& why);
    void emptyTabs();
    void followFocus();
    void showSummary();
    void fillTab();
    void fillBody(BodyView* view, const char* side);
    void showRaw(const QString& path);
    void save(const char* side);
    [[nodiscard]] QString nameOf(const QJsonObject& call) const;
    [[nodiscard]] CallFacts facts() const;

    QPointer<TraceSource> m_source;
    const RequestListModel* m_model;
    CallLoader* m_loader = nullptr; // of the source
    SummaryStrip* m_summary;
    QLabel* m_problem; // why the call could not be fetched
    QTabWidget* m_tabs;
    ConversationView* m_conversation;
    BodyView* m_request;
    BodyView* m_response;
    EventsView* m_events;
    TimingView* m_timing;
    HeadersView* m_headers;
    QTextBrowser* m_diff;
    DeliveryView* m_delivery;
    QByteArray m_id; // empty: none is shown
    QJsonObject m_call; // empty: not loaded
    ConversationNeighbours m_neighbours;
    QHash<QByteArray, LiveDocument> m_open; // answers of calls that have not ended
    QHash<QByteArray, CallFacts> m_openFacts;
    bool m_isFilled[TabCount] = {};
};
