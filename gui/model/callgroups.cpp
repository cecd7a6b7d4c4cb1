// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/callgroups.h"

#include "gui/model/calltext.h"

#include <algorithm>

namespace {

constexpr qsizetype mostSessions = 50;
constexpr qsizetype mostValues = 50;
constexpr qint64 leastCachedPrompt = 1024; // tokens; providers cache no shorter ones

struct SessionParts
{
    CallGroups::Sum sum;
    qint64 newestUs = 0;
    QStringList agentOrder;
    QHash<QString, CallGroups::Sum> agents;
};

using Counts = QHash<QString, qint64>;

void count(Counts* counts, const QString& value)
{
    if (!value.isEmpty())
        ++(*counts)[value];
}

QStringList mostFrequent(const Counts& counts)
{
    QStringList values = counts.keys();
    std::sort(values.begin(), values.end(), [&counts](const QString& a, const QString& b) {
        const qint64 countOfA = counts[a];
        const qint64 countOfB = counts[b];
        return countOfA != countOfB ? countOfA > countOfB : a < b;
    });
    if (values.size() > mostValues)
        values.resize(mostValues);
    return values;
}

QList<CallGroups::Group> groupsOf(const QHash<QString, CallGroups::Sum>& sums)
{
    QList<CallGroups::Group> groups;
    for (auto it = sums.begin(); it != sums.end(); ++it) {
        if (!it.key().isEmpty())
            groups.append({it.key(), it.value()});
    }
    std::sort(groups.begin(), groups.end(), [](const CallGroups::Group& a, const CallGroups::Group& b) {
        return a.sum.calls != b.sum.calls ? a.sum.calls > b.sum.calls : a.value < b.value;
    });
    return groups;
}

QList<CallGroups::Session> sessionsOf(const QHash<QString, SessionParts>& parts)
{
    QStringList ids = parts.keys();
    std::sort(ids.begin(), ids.end(), [&parts](const QString& a, const QString& b) {
        if (a.isEmpty() != b.isEmpty())
            return b.isEmpty(); // the calls without a session come last
        const qint64 newestOfA = parts[a].newestUs;
        const qint64 newestOfB = parts[b].newestUs;
        return newestOfA != newestOfB ? newestOfA > newestOfB : a < b;
    });
    QList<CallGroups::Session> sessions;
    for (const QString& id : ids) {
        if (sessions.size() >= mostSessions && !id.isEmpty())
            continue;
        const SessionParts& part = *parts.constFind(id);
        CallGroups::Session session{id, part.sum, {}};
        for (const QString& agent : part.agentOrder)
            session.agents.append({agent, part.agents[agent]});
        sessions.append(session);
    }
    return sessions;
}

/// Whether each call of a session could have found its prompt in the cache.
class CacheWatch
{
public:
    [[nodiscard]] bool isMiss(const CallFacts& call)
    {
        if (call.session.isEmpty() || !call.inputTokens || call.isError())
            return false;
        bool& isWarm = m_warm[call.session + u'\n' + call.agent + u'\n' + call.model];
        const bool hasRead = call.cachedTokens.value_or(0) > 0;
        const bool isMissed = isWarm && !hasRead && *call.inputTokens >= leastCachedPrompt;
        isWarm = isWarm || hasRead || call.cacheWriteTokens.value_or(0) > 0;
        return isMissed;
    }

private:
    QHash<QString, bool> m_warm; // by session, agent and model
};

} // namespace

void CallGroups::Sum::add(const CallFacts& call)
{
    ++calls;
    costUsd += call.costUsd.value_or(0);
    hasUnknownCost = hasUnknownCost || (!call.costUsd && call.inputTokens);
}

QString CallGroups::Sum::text() const
{
    const QString number = CallText::count(calls);
    if (costUsd <= 0)
        return number;
    return QStringLiteral("%1 · %2%3")
        .arg(number, hasUnknownCost ? QStringLiteral("≥ ") : QString(), CallText::cost(costUsd));
}

CallGroups CallGroups::of(const std::vector<CallFacts>& calls)
{
    CallGroups groups;
    QHash<QString, SessionParts> sessions;
    QHash<QString, Sum> providers;
    QHash<QString, Sum> models;
    Counts users;
    Counts tags;
    Counts tools;
    Counts errors;
    Counts stops;
    Counts statuses;
    Counts agents;
    CacheWatch cache;
    for (const CallFacts& call : calls) {
        groups.all.add(call);
        SessionParts& session = sessions[call.session];
        session.sum.add(call);
        session.newestUs = std::max(session.newestUs, call.startedAtUs);
        if (!call.agent.isEmpty()) {
            if (!session.agents.contains(call.agent))
                session.agentOrder.append(call.agent);
            session.agents[call.agent].add(call);
            count(&agents, call.agent);
        }
        providers[call.provider].add(call);
        models[call.model].add(call);
        count(&users, call.user);
        count(&errors, call.error);
        count(&stops, call.finishReason);
        if (call.status)
            ++statuses[QString::number(*call.status)];
        for (const QString& tag : call.tags)
            count(&tags, tag);
        for (const QString& tool : call.tools)
            count(&tools, tool);
        if (cache.isMiss(call))
            groups.cacheMisses.insert(call.id);
    }
    groups.sessions = sessionsOf(sessions);
    groups.leftOutSessions = sessions.size() - groups.sessions.size();
    groups.providers = groupsOf(providers);
    groups.models = groupsOf(models);
    const auto see = [&groups](const char* field, const QStringList& values) {
        if (!values.isEmpty())
            groups.seenValues.insert(QString::fromLatin1(field), values);
    };
    const auto names = [](const QList<Group>& list) {
        QStringList values;
        for (const Group& group : list.mid(0, mostValues))
            values.append(group.value);
        return values;
    };
    see("provider", names(groups.providers));
    see("model", names(groups.models));
    QStringList sessionIds;
    for (const Session& session : groups.sessions) {
        if (!session.id.isEmpty())
            sessionIds.append(session.id);
    }
    see("session", sessionIds);
    see("agent", mostFrequent(agents));
    see("user", mostFrequent(users));
    see("tag", mostFrequent(tags));
    see("tool", mostFrequent(tools));
    see("error", mostFrequent(errors));
    see("stop", mostFrequent(stops));
    see("status", mostFrequent(statuses));
    return groups;
}
