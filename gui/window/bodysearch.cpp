// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/bodysearch.h"

#include "gui/source/tracesource.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

constexpr int newCallsMs = 1000;
constexpr int searchPage = 1000; // the most that /api/traces gives
constexpr int newCallsPage = 100;
constexpr qsizetype mostFound = 20'000;

} // namespace

BodySearch::BodySearch(QObject* parent)
    : QObject(parent)
{
    m_newCalls.setSingleShot(true);
    m_newCalls.setInterval(newCallsMs);
    connect(&m_newCalls, &QTimer::timeout, this, [this] {
        for (const QString& words : std::as_const(m_searches))
            ask(words, {}, false);
    });
}

BodySearch::~BodySearch() = default;

void BodySearch::start(TraceSource* source, const CallFilter& filter)
{
    drop();
    m_newCalls.stop();
    m_source = source;
    m_searches = filter.searches();
    m_found = filter.found();
    m_error.clear();
    for (const QString& words : std::as_const(m_searches))
        ask(words, {}, true);
}

void BodySearch::searchNewCalls()
{
    if (!m_searches.isEmpty() && !m_newCalls.isActive())
        m_newCalls.start();
}

void BodySearch::ask(const QString& words, const QByteArray& cursor, bool wantsAll)
{
    if (!m_source)
        return;
    QByteArray target = "/api/traces?limit=" + QByteArray::number(wantsAll ? searchPage : newCallsPage)
        + "&q=" + QUrl::toPercentEncoding(words);
    if (!cursor.isEmpty())
        target += "&cursor=" + cursor;
    // The answer comes later: the ticket is known by then.
    auto ticket = std::make_shared<quint64>(0);
    *ticket = m_source->ask("GET", target, this, [this, words, wantsAll, ticket](const SourceAnswer& answer) {
        m_tickets.remove(*ticket);
        if (!answer.isOk()) {
            m_error = TraceSource::errorText(answer.body);
        } else {
            const QJsonObject page = QJsonDocument::fromJson(answer.body).object();
            QSet<QByteArray>& ids = (*m_found)[words];
            const qsizetype before = ids.size();
            for (const QJsonValue& call : page.value(QLatin1String("traces")).toArray())
                ids.insert(call.toObject().value(QLatin1String("id")).toString().toLatin1());
            const QByteArray next = page.value(QLatin1String("nextCursor")).toString().toLatin1();
            if (wantsAll && !next.isEmpty() && ids.size() < mostFound)
                ask(words, next, true);
            if (ids.size() > before)
                Q_EMIT found();
        }
        if (m_tickets.isEmpty())
            Q_EMIT finished(m_error);
    });
    m_tickets.insert(*ticket);
}

void BodySearch::drop()
{
    for (const quint64 ticket : std::exchange(m_tickets, {})) {
        if (m_source)
            m_source->drop(ticket);
    }
}
