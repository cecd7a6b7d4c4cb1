// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/session/sessiontree.h"

#include "gui/model/calltext.h"

#include <QHash>

#include <algorithm>

namespace {

qint64 endOf(const CallFacts& call)
{
    return call.startedAtUs + call.durationUs.value_or(0);
}

class SessionBuilder final
{
public:
    explicit SessionBuilder(const QString& session)
    {
        m_tree.session = session;
        m_tree.nodes.resize(1);
        m_tree.nodes.front().key = session;
        m_tree.nodes.front().title = session;
    }

    /// In the order in which they began.
    void take(const CallFacts& call)
    {
        const bool isMain = call.agent.isEmpty();
        if (m_turn < 0 || (isMain && m_isTurnOver))
            beginTurn(call);
        endTools(call.agent, call.startedAtUs);
        const int place = add(
            isMain ? m_turn : agentPlace(call), SessionNode::Kind::Call, QString::fromLatin1(call.id), call);
        for (int above = m_tree.nodes[std::size_t(place)].parent; above >= 0;
             above = m_tree.nodes[std::size_t(above)].parent)
            addTo(above, call);
        if (isMain) {
            m_request = place;
            m_isTurnOver = call.state == CallFacts::State::Done && call.tools.isEmpty();
            qint64& context = m_tree.nodes[std::size_t(m_turn)].contextTokens;
            context = std::max(context, call.inputTokens.value_or(0));
        }
        addTools(place);
    }

    [[nodiscard]] SessionTree finish() { return std::move(m_tree); }

private:
    int add(int parent, SessionNode::Kind kind, const QString& key, const CallFacts& call)
    {
        const int place = int(m_tree.nodes.size());
        SessionNode node;
        node.kind = kind;
        node.key = key;
        node.title = CallText::subject(call);
        node.call = call;
        node.fromUs = call.startedAtUs;
        node.toUs = endOf(call);
        node.isOpen = call.isOpen();
        node.parent = parent;
        node.row = int(m_tree.nodes[std::size_t(parent)].children.size());
        m_tree.nodes[std::size_t(parent)].children.push_back(place);
        m_tree.nodes.push_back(std::move(node));
        return place;
    }

    void addTo(int place, const CallFacts& call)
    {
        SessionNode& node = m_tree.nodes[std::size_t(place)];
        if (node.kind == SessionNode::Kind::Call)
            return; // its bar is its own, though an agent works below it
        if (node.totals.calls == 0)
            node.fromUs = call.startedAtUs;
        node.totals.add(call);
        node.toUs = std::max(node.toUs, endOf(call));
        node.isOpen = node.isOpen || call.isOpen();
    }

    void beginTurn(const CallFacts& call)
    {
        m_turn
            = add(0, SessionNode::Kind::Turn, QStringLiteral("turn:") + QString::fromLatin1(call.id), call);
        m_request = -1;
        m_agents.clear();
        m_tools.clear();
    }

    int agentPlace(const CallFacts& call)
    {
        if (const auto known = m_agents.constFind(call.agent); known != m_agents.constEnd())
            return *known;
        const int parent = m_request >= 0 ? m_request : m_turn;
        const QString key = m_tree.nodes[std::size_t(m_turn)].key + u'/' + call.agent;
        const int place = add(parent, SessionNode::Kind::Agent, key, call);
        m_tree.nodes[std::size_t(place)].title = QStringLiteral("↳ ") + call.agent;
        m_agents.insert(call.agent, place);
        return place;
    }

    void addTools(int callPlace)
    {
        const CallFacts call = m_tree.nodes[std::size_t(callPlace)].call;
        QList<int>& waiting = m_tools[call.agent];
        for (const QString& tool : call.tools) {
            const int place
                = add(callPlace, SessionNode::Kind::Tool, QString::fromLatin1(call.id) + u'/' + tool, call);
            SessionNode& node = m_tree.nodes[std::size_t(place)];
            node.title = tool;
            node.fromUs = endOf(call);
            node.toUs = node.fromUs; // until the next request says more
            node.isOpen = !call.isOpen();
            waiting.append(place);
        }
    }

    /// The results of the tools that were asked for are on their way.
    void endTools(const QString& agent, qint64 atUs)
    {
        for (const int place : m_tools.take(agent)) {
            SessionNode& node = m_tree.nodes[std::size_t(place)];
            node.toUs = std::max(node.fromUs, atUs);
            node.isOpen = false;
        }
    }

    SessionTree m_tree;
    int m_turn = -1;
    int m_request = -1; // the main agent's latest in this turn
    bool m_isTurnOver = false;
    QHash<QString, int> m_agents; // of this turn
    QHash<QString, QList<int>> m_tools; // by agent, those that have not ended
};

} // namespace

SessionTree SessionTree::of(const std::vector<CallFacts>& calls, const QString& session)
{
    std::vector<const CallFacts*> own;
    for (const CallFacts& call : calls) {
        if (call.session == session)
            own.push_back(&call);
    }
    std::stable_sort(own.begin(), own.end(),
        [](const CallFacts* a, const CallFacts* b) { return a->startedAtUs < b->startedAtUs; });
    SessionBuilder builder(session);
    for (const CallFacts* call : own)
        builder.take(*call);
    return builder.finish();
}

int SessionTree::placeOfCall(const QByteArray& id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&id](const SessionNode& node) {
        return node.kind == SessionNode::Kind::Call && node.call.id == id;
    });
    return found == nodes.end() ? -1 : int(found - nodes.begin());
}
