// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What was done in a session, made of its calls alone: turns, requests, tools and the agents in between.

#include "gui/session/sessionmodel.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

namespace {

using Kind = SessionNode::Kind;

/// Call n begins n seconds after the first and takes half a second.
CallFacts callOfTurn(int n, const QStringList& tools = {}, const QString& agent = {})
{
    CallFacts call = sampleCall(n);
    call.number = n;
    call.durationUs = 500'000;
    call.tools = tools;
    call.agent = agent;
    return call;
}

/// "turn(#1(Bash) #2)" and so on: what is in what.
QString shapeOf(const SessionTree& tree, int place = 0)
{
    const SessionNode& node = tree.nodes[std::size_t(place)];
    QStringList parts;
    for (const int child : node.children)
        parts.append(shapeOf(tree, child));
    const QString inside = parts.join(u' ');
    if (node.kind == Kind::Session)
        return inside;
    const QString name = node.kind == Kind::Turn ? QStringLiteral("turn")
        : node.kind == Kind::Call                ? QStringLiteral("#%1").arg(node.call.number)
                                                 : node.title;
    return inside.isEmpty() ? name : QStringLiteral("%1(%2)").arg(name, inside);
}

std::vector<CallFacts> twoTurns()
{
    return {callOfTurn(1, {QStringLiteral("Bash"), QStringLiteral("Task")}),
        callOfTurn(2, {QStringLiteral("Grep")}, QStringLiteral("explore")),
        callOfTurn(3, {}, QStringLiteral("explore")), callOfTurn(4), callOfTurn(10)};
}

} // namespace

class TestSessionTree final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTurnEndsWithAnAnswerThatAsksForNoTool()
    {
        const SessionTree tree = SessionTree::of(twoTurns(), QStringLiteral("s1"));
        QCOMPARE(shapeOf(tree), QStringLiteral("turn(#1(Bash Task ↳ explore(#2(Grep) #3)) #4) turn(#10)"));
    }

    void othersSessionsAndTheirOrderDoNotMatter()
    {
        std::vector<CallFacts> calls = twoTurns();
        std::reverse(calls.begin(), calls.end());
        CallFacts other = callOfTurn(5);
        other.session = QStringLiteral("s2");
        calls.push_back(other);
        QCOMPARE(
            SessionTree::of(calls, QStringLiteral("s1")), SessionTree::of(twoTurns(), QStringLiteral("s1")));
        QVERIFY(SessionTree::of(calls, QStringLiteral("none")).isEmpty());
    }

    void aFailureIsTriedAgainInTheSameTurn()
    {
        CallFacts failed = callOfTurn(1);
        failed.state = CallFacts::State::UpstreamError;
        const SessionTree tree
            = SessionTree::of({failed, callOfTurn(2), callOfTurn(3)}, QStringLiteral("s1"));
        QCOMPARE(shapeOf(tree), QStringLiteral("turn(#1 #2) turn(#3)"));
    }

    void aSessionOfAgentsOnlyHasATurn()
    {
        const SessionTree tree
            = SessionTree::of({callOfTurn(1, {}, QStringLiteral("a")), callOfTurn(2, {}, QStringLiteral("b")),
                                  callOfTurn(3, {}, QStringLiteral("a"))},
                QStringLiteral("s1"));
        QCOMPARE(shapeOf(tree), QStringLiteral("turn(↳ a(#1 #3) ↳ b(#2))"));
    }

    void timesAndSumsAreThoseOfWhatIsInside()
    {
        const SessionTree tree = SessionTree::of(twoTurns(), QStringLiteral("s1"));
        const auto startOf = [](int n) { return sampleCall(n).startedAtUs; };
        QCOMPARE(tree.root().fromUs, startOf(1));
        QCOMPARE(tree.root().toUs, startOf(10) + 500'000);
        QCOMPARE(tree.root().totals.calls, 5);
        const SessionNode& turn = tree.nodes[std::size_t(tree.root().children.front())];
        QCOMPARE(turn.totals.calls, 4);
        QCOMPARE(turn.toUs, startOf(4) + 500'000);
        QCOMPARE(turn.contextTokens, 1004); // the agent's prompts are its own
        const SessionNode& first = tree.nodes[std::size_t(tree.placeOfCall("id-1"))];
        QCOMPARE(first.toUs, startOf(1) + 500'000); // though an agent works below it
        const SessionNode& bash = tree.nodes[std::size_t(first.children[0])];
        QCOMPARE(bash.title, QStringLiteral("Bash"));
        QCOMPARE(bash.fromUs, startOf(1) + 500'000); // from the answer
        QCOMPARE(bash.toUs, startOf(4)); // to the next request of the same agent
        const SessionNode& agent = tree.nodes[std::size_t(first.children[2])];
        QCOMPARE(agent.totals.calls, 2);
        QCOMPARE(agent.fromUs, startOf(2));
        const SessionNode& grep
            = tree.nodes[std::size_t(tree.nodes[std::size_t(tree.placeOfCall("id-2"))].children[0])];
        QCOMPARE(grep.toUs, startOf(3));
        QCOMPARE(tree.placeOfCall("id-99"), -1);
    }

    void whatGoesOnIsOpen()
    {
        std::vector<CallFacts> calls{callOfTurn(1, {QStringLiteral("Bash")})};
        SessionTree tree = SessionTree::of(calls, QStringLiteral("s1"));
        QVERIFY(!tree.root().isOpen);
        QVERIFY(tree.nodes.back().isOpen); // the tool: nobody has told its result
        calls.push_back(callOfTurn(2));
        calls.back().state = CallFacts::State::Streaming;
        tree = SessionTree::of(calls, QStringLiteral("s1"));
        QVERIFY(tree.root().isOpen);
        QVERIFY(!tree.nodes[3].isOpen);
    }

    void theModelChangesWithoutAResetWhereItCan()
    {
        SessionModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTree(SessionTree::of(twoTurns(), QStringLiteral("s1")));
        QCOMPARE(model.rowCount(), 2);
        const QModelIndex turn = model.index(0, 0);
        QCOMPARE(model.rowCount(turn), 2);
        QCOMPARE(model.rowCount(model.index(0, 0, turn)), 3);
        const QModelIndex agent = model.index(2, 0, model.index(0, 0, turn));
        QCOMPARE(agent.data().toString(), QStringLiteral("↳ explore"));
        QCOMPARE(model.parent(model.parent(agent)), turn);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        std::vector<CallFacts> calls = twoTurns();
        calls.back().costUsd = 5;
        model.setTree(SessionTree::of(calls, QStringLiteral("s1")));
        QCOMPARE(resets.size(), 0);
        QVERIFY(!changes.isEmpty());
        QCOMPARE(model.index(1, SessionModel::Cost).data().toString(), QStringLiteral("$5.00"));
        calls.push_back(callOfTurn(11));
        model.setTree(SessionTree::of(calls, QStringLiteral("s1")));
        QCOMPARE(resets.size(), 1);
        QCOMPARE(model.rowCount(), 3);
    }

    void everyCellHasWordsForAScreenReader()
    {
        SessionModel model;
        model.setTree(SessionTree::of(twoTurns(), QStringLiteral("s1")));
        const QModelIndex call = model.index(0, 0, model.index(0, 0));
        QCOMPARE(call.data(Qt::AccessibleTextRole).toString(), QStringLiteral("#1 question 1, 200 · done"));
        QCOMPARE(
            model.index(0, SessionModel::Timeline, model.index(0, 0)).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("begins 0ms after the session's begin, takes 500ms"));
        QCOMPARE(model.index(0, SessionModel::Context).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("Longest prompt of the turn: 1.0k"));
        QCOMPARE(
            model.index(0, 0, call).data(Qt::AccessibleTextRole).toString(), QStringLiteral("Tool Bash"));
    }
};

REGISTER_TEST(TestSessionTree)
#include "tst_sessiontree.moc"
