// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SessionTree: the calls of one session as what was done: turns, in them the requests of the main agent, in
// those the tools that were asked for and the agents that were sent off. A value of the main thread.
//
//     turn "fix the test"             a turn ends with an answer that asks for no tool
//       #21 fix the test
//         Bash
//       #22 Bash → 3 failed
//         Task
//         ↳ explore                   another agent: below the request that was there before it
//           #23 look for ...

#include "gui/model/calltotals.h"

#include <vector>

struct SessionNode
{
    enum class Kind { Session, Turn, Call, Tool, Agent };

    Kind kind = Kind::Session;
    QString key; // once in a session, and the same whenever its tree is made anew
    QString title;
    CallFacts call; // Call: itself; Tool: the one whose answer asks for it; Turn and Agent: their first
    CallTotals totals; // of Session, Turn and Agent
    qint64 contextTokens = 0; // of a turn: its longest prompt, without those of other agents; 0: not known
    qint64 fromUs = 0; // microseconds since 1970 UTC
    qint64 toUs = 0; // so far, while it is open
    bool isOpen = false; // something in it goes on
    int parent = -1; // this and the next: places in the tree's list
    int row = 0; // among its parent's children
    std::vector<int> children;

    bool operator==(const SessionNode&) const = default;
};

struct SessionTree
{
    QString session;
    std::vector<SessionNode> nodes; // the session first, each before what is in it

    [[nodiscard]] const SessionNode& root() const { return nodes.front(); }
    [[nodiscard]] bool isEmpty() const { return root().children.empty(); }
    /// -1: it has no such call.
    [[nodiscard]] int placeOfCall(const QByteArray& id) const;

    /// `calls`: of any sessions, in any order. How long a tool ran is not told: it has the time from the
    /// answer to the next request of its agent.
    [[nodiscard]] static SessionTree of(const std::vector<CallFacts>& calls, const QString& session);

    bool operator==(const SessionTree&) const = default;
};
