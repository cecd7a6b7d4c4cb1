// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceSource: where the viewer's calls come from. The views speak the language of `/api` and `/api/events`
// to it and do not know which kind it is. Lives on the main thread, owned by the window.
//
//     m_source->ask("GET", "/api/traces/" + id, this, [this](const SourceAnswer& answer) { ... });

#include "base/secret.h"
#include "gui/source/sourceevent.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>

class TraceSource : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceSource)

public:
    using Answer = std::function<void(const SourceAnswer& answer)>;

    explicit TraceSource(QObject* parent = nullptr);
    ~TraceSource() override;

    /// Begins; statusChanged() follows. Once.
    virtual void start() = 0;
    /// Ends; Stopped follows when nothing is open any more.
    virtual void stop() = 0;

    [[nodiscard]] const SourceStatus& status() const { return m_status; }

    /// Asks the API. `answer` is called once, later, on this thread, unless `context` is gone or the ticket
    /// was dropped by then. Failures are answers too: an error's JSON, with status 0 when nobody answered.
    quint64 ask(const QByteArray& method, const QByteArray& target, QObject* context, const Answer& answer);
    /// The answer is no longer wanted.
    void drop(quint64 ticket);
    /// What an error's JSON says, for people; empty: it is none.
    [[nodiscard]] static QString errorText(const QByteArray& body);
    /// Tries again at once what is lost.
    virtual void retryNow() { }
    /// Whether the proxy has a key of its own for that provider's calls; of a proxy elsewhere that is not
    /// known.
    [[nodiscard]] virtual bool hasKeyOf(const QString& provider) const;
    /// What the proxy wants of its consumers, PROXY_API_KEY; empty: nothing, or not known.
    [[nodiscard]] virtual Secret proxyKey() const { return {}; }
    /// Whether sendTestCall() does something here.
    [[nodiscard]] virtual bool canTest() const { return false; }
    /// Makes a call that needs no key; its events come as those of any other. testCallEnded() follows.
    virtual void sendTestCall() { }

Q_SIGNALS:
    /// `problem`: for people; empty: it came through.
    void testCallEnded(const QString& problem);
    void statusChanged(const SourceStatus& status);
    /// In order. Calls that were open already when it began come as call.started.
    void eventsArrived(const QList<SourceEvent>& events);
    /// Events were missed: what is shown may lack calls, or hold some that have ended.
    void gapNoticed();
    /// Other calls are kept from now on: nothing more is known of those before.
    void storeReplaced();

protected:
    void setStatus(const SourceStatus& status);
    /// The rest of the status stays.
    void setState(SourceStatus::State state);
    /// Gives the answer to whoever asked; nothing when it is not wanted any more.
    void answerTicket(quint64 ticket, const SourceAnswer& answer);
    /// The same later, for a question that nobody can answer: an error's JSON, and status 0.
    void failTicketLater(quint64 ticket, const QString& message);
    /// The same for all that wait.
    void failAllLater(const QString& message);
    [[nodiscard]] static SourceAnswer failure(const QString& message);

private:
    struct Asked
    {
        QPointer<QObject> context;
        Answer answer;
    };

    /// Sends the question; answerTicket() shall follow, not before this has returned.
    virtual void send(quint64 ticket, const QByteArray& method, const QByteArray& target) = 0;
    virtual void cancel(quint64 ticket) = 0;

    SourceStatus m_status;
    QHash<quint64, Asked> m_asked;
    quint64 m_lastTicket = 0;
};
