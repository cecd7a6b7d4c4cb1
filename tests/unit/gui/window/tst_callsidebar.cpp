// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The groups of the calls, and the sidebar that shows them.

#include "gui/filter/callsidebar.h"
#include "gui/filter/savedfilters.h"
#include "gui/model/callfilter.h"
#include "gui/model/callgroups.h"
#include "gui/model/calltotals.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QSettings>
#include <QSignalSpy>
#include <QTest>

namespace {

CallFacts groupCall(int n, const char* session, const char* agent, const char* model)
{
    CallFacts call = sampleCall(n);
    call.session = QString::fromLatin1(session);
    call.agent = QString::fromLatin1(agent);
    call.model = QString::fromLatin1(model);
    call.costUsd = 0.5;
    return call;
}

} // namespace

class TestCallSidebar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_saved = std::make_unique<SavedFilters>();
        m_sidebar = std::make_unique<CallSidebar>(m_saved.get());
        m_sidebar->resize(220, 400);
        m_sidebar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_sidebar.get()));
        m_chosen = std::make_unique<QSignalSpy>(m_sidebar.get(), &CallSidebar::chosen);
        m_added = std::make_unique<QSignalSpy>(m_sidebar.get(), &CallSidebar::added);
    }
    void cleanup()
    {
        m_chosen.reset();
        m_added.reset();
        m_sidebar.reset();
        m_saved.reset();
        QSettings().clear();
    }

    void groupsAreCountedAndPriced()
    {
        const CallGroups groups = CallGroups::of(sample());
        QCOMPARE(groups.all.calls, 6);
        QCOMPARE(groups.sessions.size(), 3);
        QCOMPARE(groups.sessions[0].id, QStringLiteral("s2")); // the newest call
        QCOMPARE(groups.sessions[1].id, QStringLiteral("s1"));
        QCOMPARE(groups.sessions[1].sum.text(), QStringLiteral("3 · $1.50"));
        QCOMPARE(groups.sessions[1].agents.size(), 1);
        QCOMPARE(groups.sessions[1].agents[0].value, QStringLiteral("explore"));
        QCOMPARE(groups.sessions[1].agents[0].sum.text(), QStringLiteral("1 · $0.500"));
        QCOMPARE(groups.sessions[2].id, QString()); // those without one come last, though it is newer
        QCOMPARE(groups.models[0].value, QStringLiteral("opus"));
        QCOMPARE(groups.models[0].sum.calls, 4);
        QCOMPARE(groups.seenValues.value(QStringLiteral("agent")), QStringList{QStringLiteral("explore")});
        QVERIFY(groups.seenValues.value(QStringLiteral("status")).contains(QStringLiteral("200")));
    }

    void unknownCostsAreSaid()
    {
        CallFacts call = groupCall(1, "s", "", "m");
        call.costUsd.reset();
        CallGroups::Sum sum;
        sum.add(call);
        QCOMPARE(sum.text(), QStringLiteral("1"));
        sum.add(groupCall(2, "s", "", "m"));
        QCOMPARE(sum.text(), QStringLiteral("2 · ≥ $0.500"));
        CallTotals totals;
        totals.add(call);
        QVERIFY(totals.text().contains(QLatin1String("n/a")));
        totals.add(groupCall(2, "s", "", "m"));
        QCOMPARE(totals.text(), QStringLiteral("Σ in 2.0k (50% cached) · out 240 · ≥ $0.500"));
    }

    void onlyAFollowUpTurnCanMissTheCache()
    {
        std::vector<CallFacts> calls;
        for (int n = 1; n <= 4; ++n) {
            CallFacts call = groupCall(n, "s", "", "m");
            call.inputTokens = 5000;
            call.cachedTokens = 0;
            calls.push_back(call);
        }
        calls[0].cacheWriteTokens = 4000; // the first turn fills it
        calls[1].cachedTokens = 4000;
        calls[3].agent = QStringLiteral("explore"); // another prompt
        QCOMPARE(CallGroups::of(calls).cacheMisses, QSet<QByteArray>{"id-3"});
        calls[2].inputTokens = 500; // too short to be cached
        QVERIFY(CallGroups::of(calls).cacheMisses.isEmpty());
    }

    void oldSessionsAreLeftOut()
    {
        std::vector<CallFacts> calls;
        for (int n = 1; n <= 60; ++n)
            calls.push_back(groupCall(n, QByteArray("s" + QByteArray::number(n)).constData(), "", "m"));
        const CallGroups groups = CallGroups::of(calls);
        QCOMPARE(groups.sessions.size(), 50);
        QCOMPARE(groups.sessions.first().id, QStringLiteral("s60"));
        QCOMPARE(groups.leftOutSessions, 10);
    }

    void aClickChoosesControlAddsMiddleExcludes()
    {
        m_sidebar->setGroups(CallGroups::of(sample()));
        click(QStringLiteral("opus"), Qt::LeftButton, {});
        QCOMPARE(m_chosen->size(), 1);
        QCOMPARE(m_chosen->takeFirst().first().value<FilterChip>().term, QStringLiteral("model:opus"));
        click(QStringLiteral("gpt"), Qt::LeftButton, Qt::ControlModifier);
        QCOMPARE(m_added->takeFirst().first().value<FilterChip>().term, QStringLiteral("model:gpt"));
        click(QStringLiteral("gpt"), Qt::MiddleButton, {});
        QVERIFY(m_added->takeFirst().first().value<FilterChip>().isExcluded);
        QCOMPARE(m_chosen->size(), 0);
    }

    void everyGroupIsAFilterThatFits()
    {
        m_sidebar->setGroups(CallGroups::of(sample()));
        const std::vector<CallFacts> calls = sample();
        const QHash<QString, int> expected{{QStringLiteral("s1"), 3}, {QStringLiteral("s2"), 2},
            {QStringLiteral("no session"), 1}, {QStringLiteral("↳ explore"), 1}, {QStringLiteral("opus"), 4},
            {QStringLiteral("anthropic"), 6}};
        for (auto it = expected.begin(); it != expected.end(); ++it) {
            m_chosen->clear();
            click(it.key(), Qt::LeftButton, {});
            QCOMPARE(m_chosen->size(), 1);
            const QString term = m_chosen->first().first().value<FilterChip>().term;
            const auto filter = CallFilter::parse(term);
            QVERIFY2(filter, qPrintable(term));
            int matching = 0;
            for (const CallFacts& call : calls)
                matching += int(filter->matches(call));
            QVERIFY2(matching == it.value(), qPrintable(term));
        }
    }

    void itemsStayWhenCountsChange()
    {
        m_sidebar->setGroups(CallGroups::of(sample()));
        QTreeWidgetItem* session = find(QStringLiteral("s1"));
        session->setExpanded(false);
        std::vector<CallFacts> calls = sample();
        calls.push_back(groupCall(9, "s1", "", "opus"));
        m_sidebar->setGroups(CallGroups::of(calls));
        QCOMPARE(find(QStringLiteral("s1")), session); // though it is the first now
        QVERIFY(!session->isExpanded());
        QCOMPARE(session->text(1), QStringLiteral("4 · $2.00"));
        m_sidebar->setGroups({});
        QVERIFY(!find(QStringLiteral("s1")));
    }

    void whatIsAskedForIsBold()
    {
        m_sidebar->setGroups(CallGroups::of(sample()));
        ActiveFilter active;
        active.add(
            {FilterChip::Kind::Group, QStringLiteral("model"), QStringLiteral("model:opus"), {}, false});
        active.add({FilterChip::Kind::Group, QStringLiteral("model"), QStringLiteral("model:gpt"), {}, true});
        m_sidebar->setActive(active, active.expression());
        QVERIFY(find(QStringLiteral("opus"))->font(0).bold());
        QVERIFY(find(QStringLiteral("gpt"))->font(0).strikeOut());
        QVERIFY(!find(QStringLiteral("s1"))->font(0).bold());
        QVERIFY(!find(QStringLiteral("All calls"))->font(0).bold());
    }

    void savedFiltersAreOffered()
    {
        QVERIFY(!find(QStringLiteral("Slow")));
        m_saved->save(QStringLiteral("Slow"), QStringLiteral("ttft:>2s"));
        QSignalSpy chosen(m_sidebar.get(), &CallSidebar::savedFilterChosen);
        click(QStringLiteral("Slow"), Qt::LeftButton, {});
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().toString(), QStringLiteral("ttft:>2s"));
    }

    void keysChooseToo()
    {
        m_sidebar->setGroups(CallGroups::of(sample()));
        m_sidebar->setCurrentItem(find(QStringLiteral("opus")));
        QTest::keyClick(m_sidebar.get(), Qt::Key_Return);
        QCOMPARE(m_chosen->size(), 1);
    }

private:
    static std::vector<CallFacts> sample()
    {
        return {groupCall(1, "s1", "", "opus"), groupCall(2, "s1", "explore", "gpt"),
            groupCall(3, "s1", "", "opus"), groupCall(4, "s2", "", "opus"), groupCall(5, "s2", "", "opus"),
            groupCall(6, "", "", "gpt")};
    }
    [[nodiscard]] QTreeWidgetItem* find(const QString& text) const
    {
        return m_sidebar->findItems(text, Qt::MatchExactly | Qt::MatchRecursive).value(0);
    }
    void click(const QString& text, Qt::MouseButton button, Qt::KeyboardModifiers modifiers)
    {
        QTreeWidgetItem* item = find(text);
        QVERIFY2(item, qPrintable(text));
        QTest::mouseClick(m_sidebar->viewport(), button, modifiers, m_sidebar->visualItemRect(item).center());
    }

    std::unique_ptr<SavedFilters> m_saved;
    std::unique_ptr<CallSidebar> m_sidebar;
    std::unique_ptr<QSignalSpy> m_chosen;
    std::unique_ptr<QSignalSpy> m_added;
};

REGISTER_TEST(TestCallSidebar)
#include "tst_callsidebar.moc"
