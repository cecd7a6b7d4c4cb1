// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BodySearch: looks up the words that a filter asks for in the texts of the calls (`body:`), through the
// source, and puts what was found into the filter. Main thread, owned by the window; one filter at a time.

#include "gui/model/callfilter.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class TraceSource;

class BodySearch final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(BodySearch)

public:
    explicit BodySearch(QObject* parent = nullptr);
    ~BodySearch() override;

    /// Drops what is asked already. A filter without `body:` asks for nothing.
    void start(TraceSource* source, const CallFilter& filter);
    /// Calls have ended: what they said may be asked for. Looks some moments later, for all of them.
    void searchNewCalls();
    [[nodiscard]] bool isSearching() const { return !m_tickets.isEmpty(); }

Q_SIGNALS:
    /// More calls match the filter.
    void found();
    /// All that was asked for is answered; `error`: empty, or why a search failed.
    void finished(const QString& error);

private:
    void ask(const QString& words, const QByteArray& cursor, bool wantsAll);
    void drop();

    QPointer<TraceSource> m_source;
    QStringList m_searches;
    CallFilter::Found m_found;
    QSet<quint64> m_tickets;
    QString m_error;
    QTimer m_newCalls;
};
