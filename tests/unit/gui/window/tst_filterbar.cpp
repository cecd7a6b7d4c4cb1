// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The filter line, its chips, buttons and completion; and the expression that they make together.

#include "gui/filter/activefilter.h"
#include "gui/filter/cellterms.h"
#include "gui/filter/filterbar.h"
#include "gui/filter/filterchips.h"
#include "gui/filter/filtercompletion.h"
#include "gui/filter/filterline.h"
#include "gui/filter/savedfilters.h"
#include "gui/model/requestcolumns.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAbstractItemView>
#include <QAction>
#include <QCompleter>
#include <QInputDialog>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

namespace {

FilterChip chipOf(const QString& field, const QString& value, bool isExcluded = false)
{
    return {FilterChip::Kind::Group, field, CallFilter::term(field, value), {}, isExcluded};
}

QList<FilterCompletion::Suggestion> completions(
    const QString& text, const FilterCompletion::SeenValues& seen = {})
{
    const FilterCompletion completion(text, text.size(), seen);
    return completion.suggestions();
}

QStringList suggestionsFor(const QString& text, const FilterCompletion::SeenValues& seen = {})
{
    QStringList texts;
    for (const FilterCompletion::Suggestion& suggestion : completions(text, seen))
        texts.append(suggestion.text);
    return texts;
}

} // namespace

class TestFilterBar final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_saved = std::make_unique<SavedFilters>();
        m_bar = std::make_unique<FilterBar>(m_saved.get());
        m_bar->resize(1000, 60);
        m_bar->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_bar.get()));
        m_bar->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_bar.get()));
        line()->setFocus();
        m_changes = std::make_unique<QSignalSpy>(m_bar.get(), &FilterBar::activeChanged);
        m_filter = {};
        connect(m_bar.get(), &FilterBar::filterChanged, this,
            [this](const CallFilter& filter) { m_filter = filter; });
    }
    void cleanup()
    {
        m_changes.reset();
        m_bar.reset();
        m_saved.reset();
        QSettings().clear();
    }

    void expressions_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<FilterChip>>("chips");
        QTest::addColumn<QString>("expected");
        using Chips = QList<FilterChip>;
        const auto model = [](const char* value, bool isExcluded = false) {
            return chipOf(QStringLiteral("model"), QString::fromLatin1(value), isExcluded);
        };
        QTest::newRow("nothing") << " " << Chips{} << "";
        QTest::newRow("text") << " ttft:>1s " << Chips{} << "ttft:>1s";
        QTest::newRow("chip") << "" << Chips{model("opus")} << "model:opus";
        QTest::newRow("alternatives")
            << "" << Chips{model("opus"), model("gpt")} << "(model:opus OR model:gpt)";
        QTest::newRow("all") << "ttft:>1s"
                             << Chips{model("opus"), model("gpt"),
                                    chipOf(QStringLiteral("provider"), QStringLiteral("gemini"), true)}
                             << "ttft:>1s (model:opus OR model:gpt) -provider:gemini";
        QTest::newRow("an OR of the user's") << "a OR b" << Chips{model("opus")} << "(a OR b) model:opus";
        QTest::newRow("quotes") << "" << Chips{model("a b", true)} << "-model:\"a b\"";
    }
    void expressions()
    {
        QFETCH(const QString, text);
        QFETCH(const QList<FilterChip>, chips);
        QFETCH(const QString, expected);
        const ActiveFilter filter{text, chips};
        QCOMPARE(filter.expression(), expected);
        QVERIFY(CallFilter::parse(expected));
    }

    void aSecondClickShowsAllAgain()
    {
        ActiveFilter filter;
        filter.choose(chipOf(QStringLiteral("model"), QStringLiteral("a")));
        filter.choose(chipOf(QStringLiteral("provider"), QStringLiteral("b")));
        QCOMPARE(filter.expression(), QStringLiteral("provider:b"));
        filter.add(chipOf(QStringLiteral("provider"), QStringLiteral("b"), true));
        QCOMPARE(filter.expression(), QStringLiteral("-provider:b"));
        filter.choose(chipOf(QStringLiteral("provider"), QStringLiteral("b")));
        filter.choose(chipOf(QStringLiteral("provider"), QStringLiteral("b")));
        QVERIFY(filter.isEmpty());
    }

    void typingFiltersAfterAPause()
    {
        QTest::keyClicks(line(), QStringLiteral("model:opus"));
        QCOMPARE(m_changes->size(), 0);
        QTRY_COMPARE(m_bar->expression(), QStringLiteral("model:opus"));
        QCOMPARE(m_changes->size(), 1);
        QVERIFY(m_filter.matches(sampleCall(1)));
        QVERIFY2(chips()->words().contains(QLatin1String("opus")), qPrintable(chips()->words()));
    }

    void aMistakeKeepsTheLastFilter()
    {
        QVERIFY(m_bar->setFilter(QStringLiteral("model:gpt")));
        line()->setText(QStringLiteral("model:gpt ttft:>soon"));
        QTRY_VERIFY(chips()->hasError());
        QVERIFY2(chips()->words().contains(QLatin1String("ttft")), qPrintable(chips()->words()));
        QCOMPARE(m_bar->expression(), QStringLiteral("model:gpt"));
        QVERIFY(!m_filter.matches(sampleCall(1)));
        // A chip works meanwhile.
        m_bar->add(chipOf(QStringLiteral("provider"), QStringLiteral("openai")));
        QCOMPARE(m_bar->expression(), QStringLiteral("model:gpt provider:openai"));
        line()->setText(QStringLiteral("model:gpt ttft:>1s"));
        QTRY_VERIFY(!chips()->hasError());
        QCOMPARE(m_bar->expression(), QStringLiteral("model:gpt ttft:>1s provider:openai"));
    }

    void buttonsAndChipsNarrow()
    {
        auto* errors = m_bar->findChild<QToolButton*>(QStringLiteral("quick:state:error"));
        QTest::mouseClick(errors, Qt::LeftButton);
        QCOMPARE(m_bar->expression(), QStringLiteral("state:error"));
        m_bar->choose(chipOf(QStringLiteral("model"), QStringLiteral("opus")));
        QCOMPARE(m_bar->expression(), QStringLiteral("state:error model:opus"));
        auto* chip = m_bar->findChild<QToolButton*>(QStringLiteral("chip:model:opus"));
        QVERIFY(chip && chip->isVisible());
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(m_bar->expression(), QStringLiteral("state:error"));
        QTest::mouseClick(errors, Qt::LeftButton);
        QCOMPARE(m_bar->expression(), QString());
    }

    void escapeClearsThenLeaves()
    {
        QSignalSpy left(m_bar.get(), &FilterBar::left);
        QTest::keyClicks(line(), QStringLiteral("opus"));
        QTest::keyClick(line(), Qt::Key_Escape); // closes what is suggested, or clears
        if (!line()->text().isEmpty())
            QTest::keyClick(line(), Qt::Key_Escape);
        QCOMPARE(line()->text(), QString());
        QCOMPARE(left.size(), 0);
        QTest::keyClick(line(), Qt::Key_Escape);
        QCOMPARE(left.size(), 1);
    }

    void returnRemembersAndUpBringsBack()
    {
        line()->setText(QStringLiteral("first"));
        QTest::keyClick(line(), Qt::Key_Return);
        QCOMPARE(m_bar->expression(), QStringLiteral("first")); // at once
        line()->setText(QStringLiteral("second"));
        QTest::keyClick(line(), Qt::Key_Return);
        line()->setText(QStringLiteral("half"));
        QTest::keyClick(line(), Qt::Key_Up);
        QCOMPARE(line()->text(), QStringLiteral("second"));
        QTest::keyClick(line(), Qt::Key_Up);
        QCOMPARE(line()->text(), QStringLiteral("first"));
        QTest::keyClick(line(), Qt::Key_Down);
        QTest::keyClick(line(), Qt::Key_Down);
        QCOMPARE(line()->text(), QStringLiteral("half"));
        QCOMPARE(SavedFilters().history(), (QStringList{QStringLiteral("first"), QStringLiteral("second")}));
    }

    void controlReturnHighlights()
    {
        QSignalSpy highlights(m_bar.get(), &FilterBar::highlightChanged);
        line()->setText(QStringLiteral("model:opus"));
        QTest::keyClick(line(), Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(highlights.size(), 1);
        QVERIFY(m_bar->hasHighlight());
        QCOMPARE(m_bar->expression(), QString()); // nothing is hidden
        m_bar->clearHighlight();
        QVERIFY(!m_bar->hasHighlight());
    }

    void theStarSavesUnderAName()
    {
        QVERIFY(m_bar->setFilter(QStringLiteral("ttft:>2s")));
        auto* star = m_bar->findChild<QAction*>(QStringLiteral("saveFilter"));
        star->trigger();
        auto* dialog = m_bar->findChild<QInputDialog*>(QStringLiteral("filterName"));
        QVERIFY(dialog && dialog->isVisible());
        dialog->setTextValue(QStringLiteral("Slow"));
        dialog->accept();
        QCOMPARE(m_saved->saved(),
            (QList<SavedFilters::Saved>{{QStringLiteral("Slow"), QStringLiteral("ttft:>2s")}}));
        QCOMPARE(SavedFilters().saved(), m_saved->saved()); // it outlives the program
        star->trigger(); // filled now: forgets
        QVERIFY(m_saved->saved().isEmpty());
    }

    void completesFieldsAndSeenValues()
    {
        QVERIFY(suggestionsFor(QStringLiteral("mo")).startsWith(QStringLiteral("model:")));
        QVERIFY(suggestionsFor(QStringLiteral("a -mo")).startsWith(QStringLiteral("model:")));
        // By what it means: "time to first token".
        QVERIFY(suggestionsFor(QStringLiteral("first")).contains(QStringLiteral("ttft:")));
        const FilterCompletion::SeenValues seen{
            {QStringLiteral("model"), {QStringLiteral("claude-opus-4-6"), QStringLiteral("gpt 5")}}};
        QCOMPARE(suggestionsFor(QStringLiteral("x (model:o"), seen),
            (QStringList{QStringLiteral("model:claude-opus-4-6")}));
        QVERIFY(
            suggestionsFor(QStringLiteral("model:gpt"), seen).contains(QStringLiteral("model:\"gpt 5\"")));
        QVERIFY(suggestionsFor(QStringLiteral("state:str")).contains(QStringLiteral("state:streaming")));
        QVERIFY(suggestionsFor(QStringLiteral("ttft:")).contains(QStringLiteral("ttft:>1s")));
        QVERIFY(suggestionsFor(QStringLiteral("nofield:")).isEmpty());
        QVERIFY(suggestionsFor(QStringLiteral("\"quoted mo")).isEmpty());
    }

    // Every suggestion that is whole is a filter.
    void suggestionsAreFilters()
    {
        for (const FilterCompletion::Suggestion& field : completions({})) {
            for (const FilterCompletion::Suggestion& value : completions(field.text))
                QVERIFY2(CallFilter::parse(value.text), qPrintable(value.text));
        }
    }

    void aSuggestionIsTaken()
    {
        m_bar->setSeenValues({{QStringLiteral("model"), {QStringLiteral("claude-opus-4-6")}}});
        QTest::keyClicks(line(), QStringLiteral("state:done model:cl"));
        QAbstractItemView* popup = line()->suggestions()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(line()->text(), QStringLiteral("state:done model:claude-opus-4-6 "));
    }

    void cellsStandForTerms()
    {
        const CallFacts call = sampleCall(1);
        for (const int column : {RequestColumns::State, RequestColumns::Provider, RequestColumns::Model,
                 RequestColumns::Session, RequestColumns::Delivery, RequestColumns::Status,
                 RequestColumns::Target, RequestColumns::Id}) {
            const auto chip = cellChip(call, column);
            QVERIFY(chip);
            const auto filter = CallFilter::parse(chip->term);
            QVERIFY2(filter, qPrintable(chip->term));
            QVERIFY2(filter->matches(call), qPrintable(chip->term));
        }
        QVERIFY(!cellChip(call, RequestColumns::Duration));
        QVERIFY(!cellChip(CallFacts(), RequestColumns::Model));
    }

private:
    [[nodiscard]] FilterLine* line() const { return m_bar->line(); }
    [[nodiscard]] FilterChips* chips() const
    {
        return m_bar->findChild<FilterChips*>(QStringLiteral("filterChips"));
    }

    std::unique_ptr<SavedFilters> m_saved;
    std::unique_ptr<FilterBar> m_bar;
    std::unique_ptr<QSignalSpy> m_changes;
    CallFilter m_filter;
};

REGISTER_TEST(TestFilterBar)
#include "tst_filterbar.moc"
