// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source/tracesource.h"

#include <QJsonDocument>
#include <QJsonObject>

TraceSource::TraceSource(QObject* parent)
    : QObject(parent)
{
    qRegisterMetaType<SourceStatus>();
    qRegisterMetaType<QList<SourceEvent>>();
}

TraceSource::~TraceSource() = default;

bool TraceSource::hasKeyOf(const QString&) const
{
    return false;
}

quint64 TraceSource::ask(
    const QByteArray& method, const QByteArray& target, QObject* context, const Answer& answer)
{
    const quint64 ticket = ++m_lastTicket;
    m_asked.insert(ticket, {context, answer});
    send(ticket, method, target);
    return ticket;
}

void TraceSource::drop(quint64 ticket)
{
    if (m_asked.remove(ticket) > 0)
        cancel(ticket);
}

void TraceSource::answerTicket(quint64 ticket, const SourceAnswer& answer)
{
    const auto asked = m_asked.constFind(ticket);
    if (asked == m_asked.constEnd())
        return;
    const Asked taken = *asked;
    m_asked.erase(asked);
    if (taken.context)
        taken.answer(answer);
}

void TraceSource::setStatus(const SourceStatus& status)
{
    if (m_status == status)
        return;
    m_status = status;
    Q_EMIT statusChanged(m_status);
}

QString TraceSource::errorText(const QByteArray& body)
{
    const QJsonObject error = QJsonDocument::fromJson(body).object().value(QLatin1String("error")).toObject();
    return error.value(QLatin1String("message")).toString();
}

void TraceSource::setState(SourceStatus::State state)
{
    SourceStatus status = m_status;
    status.state = state;
    setStatus(status);
}

void TraceSource::failTicketLater(quint64 ticket, const QString& message)
{
    QMetaObject::invokeMethod(
        this, [this, ticket, message] { answerTicket(ticket, failure(message)); }, Qt::QueuedConnection);
}

void TraceSource::failAllLater(const QString& message)
{
    for (auto asked = m_asked.cbegin(); asked != m_asked.cend(); ++asked)
        failTicketLater(asked.key(), message);
}

SourceAnswer TraceSource::failure(const QString& message)
{
    const QJsonObject error{{QStringLiteral("message"), message},
        {QStringLiteral("type"), QStringLiteral("viewer_error")},
        {QStringLiteral("code"), QStringLiteral("no_answer")}};
    return {0, "application/json",
        QJsonDocument(QJsonObject{{QStringLiteral("error"), error}}).toJson(QJsonDocument::Compact)};
}
