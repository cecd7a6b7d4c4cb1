// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/detail/callloader.h"

#include "gui/conversation/conversationblocks.h"
#include "gui/source/tracesource.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QUrl>

#include <algorithm>

namespace {

constexpr qsizetype mostCandidates = 5;
constexpr int listedBefore = 20;
constexpr int listedAfter = 200;
constexpr qint64 secondsAfter = 3600; // a tool that takes longer is not looked for

QSet<QString> idsOfParts(const QJsonObject& call, const char* side, const char* kind)
{
    QSet<QString> ids;
    const QJsonValue messages = call.value(QLatin1String(side))[QLatin1String("messages")];
    for (const QJsonValue& message : messages.toArray()) {
        for (const QJsonValue& part : message[QLatin1String("parts")].toArray()) {
            if (part[QLatin1String("kind")].toString() == QLatin1String(kind))
                ids.insert(part[QLatin1String("id")].toString());
        }
    }
    ids.remove(QString());
    return ids;
}

} // namespace

CallLoader::CallLoader(TraceSource* source, QObject* parent)
    : QObject(parent)
    , m_source(source)
{
}

CallLoader::~CallLoader()
{
    stop();
}

void CallLoader::stop()
{
    for (const quint64 ticket : std::as_const(m_tickets)) {
        if (m_source)
            m_source->drop(ticket);
    }
    m_tickets.clear();
    for (QList<QByteArray>& candidates : m_candidates)
        candidates.clear();
    m_call = {};
}

void CallLoader::load(const QByteArray& id)
{
    stop();
    ask("/api/traces/" + id.toPercentEncoding(), &CallLoader::takeCall);
}

void CallLoader::ask(const QByteArray& target, void (CallLoader::*take)(const SourceAnswer& answer))
{
    m_tickets.append(m_source->ask(
        "GET", target, this, [this, take](const SourceAnswer& answer) { (this->*take)(answer); }));
}

void CallLoader::ask(Side side, const QByteArray& target, void (CallLoader::*take)(Side, const SourceAnswer&))
{
    m_tickets.append(m_source->ask("GET", target, this,
        [this, side, take](const SourceAnswer& answer) { (this->*take)(side, answer); }));
}

void CallLoader::takeCall(const SourceAnswer& answer)
{
    const QJsonObject json = QJsonDocument::fromJson(answer.body).object();
    if (!answer.isOk()) {
        const QString code = json.value(QLatin1String("error"))[QLatin1String("code")].toString();
        if (code == QLatin1String("call_open"))
            Q_EMIT foundOpen();
        else
            Q_EMIT failed(TraceSource::errorText(answer.body));
        return;
    }
    m_call = json;
    Q_EMIT loaded(json);
    if (m_call.isEmpty() || m_call.value(QLatin1String("session")).toString().isEmpty())
        return;
    askForNeighbours(Side::Before);
    if (!idsOfParts(m_call, "output", "tool_call").isEmpty())
        askForNeighbours(Side::After);
}

void CallLoader::askForNeighbours(Side side)
{
    const QString startedAt = m_call.value(QLatin1String("startedAt")).toString();
    const auto parameter = [](const char* name, const QString& value) {
        return '&' + QByteArray(name) + '=' + QUrl::toPercentEncoding(value);
    };
    QByteArray target
        = "/api/traces?limit=" + QByteArray::number(side == Side::Before ? listedBefore : listedAfter)
        + parameter("session", m_call.value(QLatin1String("session")).toString())
        + parameter(side == Side::Before ? "until" : "since", startedAt);
    const QDateTime start = QDateTime::fromString(startedAt, Qt::ISODateWithMs);
    if (side == Side::After && start.isValid())
        target += parameter("until", start.addSecs(secondsAfter).toUTC().toString(Qt::ISODateWithMs));
    ask(side, target, &CallLoader::takeNeighbours);
}

void CallLoader::takeNeighbours(Side side, const SourceAnswer& answer)
{
    QList<QByteArray> ids; // newest first
    const QString own = m_call.value(QLatin1String("id")).toString();
    const QString provider = m_call.value(QLatin1String("provider")).toString();
    const QJsonObject page = QJsonDocument::fromJson(answer.body).object();
    for (const QJsonValue& trace : page.value(QLatin1String("traces")).toArray()) {
        if (trace[QLatin1String("id")].toString() != own
            && trace[QLatin1String("provider")].toString() == provider)
            ids.append(trace[QLatin1String("id")].toString().toLatin1());
    }
    if (side == Side::After)
        std::reverse(ids.begin(), ids.end());
    m_candidates[int(side)] = ids.first(std::min(ids.size(), mostCandidates));
    tryNext(side);
}

void CallLoader::tryNext(Side side)
{
    QList<QByteArray>& candidates = m_candidates[int(side)];
    if (!candidates.isEmpty())
        ask(side, "/api/traces/" + candidates.takeFirst().toPercentEncoding(), &CallLoader::takeCandidate);
}

void CallLoader::takeCandidate(Side side, const SourceAnswer& answer)
{
    const QJsonObject candidate = QJsonDocument::fromJson(answer.body).object();
    if (!answer.isOk() || !isNeighbour(side, candidate)) {
        tryNext(side);
        return;
    }
    if (side == Side::Before)
        Q_EMIT previousFound(candidate);
    else
        Q_EMIT nextFound(candidate);
}

bool CallLoader::isNeighbour(Side side, const QJsonObject& candidate) const
{
    if (side == Side::Before)
        return ConversationBlocks::sharedMessages(candidate, m_call) > 0;
    return idsOfParts(candidate, "input", "tool_result")
        .intersects(idsOfParts(m_call, "output", "tool_call"));
}
