// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the window looks with every kind of call in it: nothing is cut off that has a width of its own. With
// WINDOW_PICTURES=folder it leaves a picture of each case there, for people to judge.

#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/list/overviewstrip.h"
#include "gui/style/theme.h"
#include "gui/window/mainwindow.h"
#include "gui/window/windowactions.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSettings>
#include <QTest>
#include <QToolBar>
#include <QToolButton>

namespace {

using State = CallFacts::State;
using Delivery = CallFacts::Delivery;

CallFacts lookCall(int n)
{
    CallFacts call = sampleCall(n);
    call.preview = QStringLiteral("The average() test still fails, can you look again?");
    call.inputTokens = 3700 * n;
    call.cachedTokens = call.inputTokens.value() * (n % 3 == 0 ? 0 : 92) / 100;
    call.cacheWriteTokens = 100;
    call.outputTokens = 130 + 97 * (n % 7);
    call.firstTokenUs = 300'000 + 140'000 * (n % 9);
    call.durationUs = 1'700'000 + 900'000 * (n % 5);
    call.session = n % 4 == 1 ? QStringLiteral("codex 21bc") : QStringLiteral("claude-code 7f3a");
    call.costUsd = 0.0031 * n;
    if (n % 4 == 1) {
        call.provider = QStringLiteral("openai");
        call.model = QStringLiteral("gpt-5.2");
        call.preview = QStringLiteral("exec_command result: FAILED (failures=1)");
    } else if (n % 4 == 2) {
        call.agent = QStringLiteral("explore");
        call.model = QStringLiteral("claude-haiku-4-5");
    } else if (n % 4 == 3) {
        call.provider = QStringLiteral("gemini");
        call.model = QStringLiteral("gemini-3-pro-preview-with-a-long-name");
        call.session.clear();
    }
    if (n % 8 == 6) {
        call.state = State::UpstreamError;
        call.status = 429;
        call.error = QStringLiteral("rate_limit_error");
        call.errorText = QStringLiteral("retry after 12s");
        call.delivery = Delivery::Failed;
        call.inputTokens.reset();
        call.outputTokens.reset();
        call.cachedTokens.reset();
        call.costUsd.reset();
    }
    return call;
}

QList<CallFacts> lookCalls()
{
    QList<CallFacts> calls;
    for (int n = 1; n <= 24; ++n)
        calls.append(lookCall(n));
    calls[14].state = State::Cancelled;
    calls[15].state = State::ProxyError;
    calls[15].error = QStringLiteral("invalid_api_key");
    calls[16].state = State::CutOff;
    calls[17].delivery = Delivery::Retrying;
    calls[18].delivery = Delivery::Queued;
    calls[19].delivery = Delivery::Off;
    calls[20].delivery = Delivery::SampledOut;
    calls[22].state = State::Streaming;
    calls[22].outputEstimate = 998;
    calls[23].state = State::Pending;
    calls[23].firstTokenUs.reset();
    calls[23].delivery = Delivery::Off;
    return calls;
}

} // namespace

class TestWindowLook final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup()
    {
        theme::apply(theme::Preference::System);
        QSettings().clear();
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("isBeside");
        QTest::addColumn<QString>("filter");
        QTest::newRow("light") << "light" << QSize(1280, 800) << false << QString();
        QTest::newRow("dark") << "dark" << QSize(1280, 800) << false << QString();
        QTest::newRow("wide-dark") << "dark" << QSize(1600, 1000) << true << QString();
        QTest::newRow("filtered-light") << "light" << QSize(1280, 800) << false << "model:opus ttft:>500ms";
        QTest::newRow("none-dark") << "dark" << QSize(1280, 800) << false << "model:nothing";
        QTest::newRow("small-light") << "light" << QSize(900, 600) << false << QString();
    }
    void nothingIsCutOff()
    {
        QFETCH(const QString, word);
        QFETCH(const QSize, size);
        QFETCH(const bool, isBeside);
        QFETCH(const QString, filter);
        MainWindow window([] { return sampleCall(26).startedAtUs; });
        auto source = std::make_unique<ScriptedSource>();
        ScriptedSource* scripted = source.get();
        window.setTheme(word);
        window.setSource(std::move(source));
        window.setDetail(new QPlainTextEdit);
        window.resize(size);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        while (!scripted->questions().isEmpty())
            scripted->answerNext(
                R"({"traces":[],"telemetry":{"pending":2,"delivering":1,"delivered":1412,"rejected":1,"delivery":"enabled"}})");
        window.model()->update(lookCalls());
        window.model()->setMark("id-9", 1);
        window.model()->setMark("id-10", 3);
        window.actions()->detailBeside->setChecked(isBeside);
        if (filter.isEmpty())
            QVERIFY(window.list()->selectCall("id-23"));
        else
            QVERIFY(window.filterBar()->setFilter(filter));
        auto* totals = window.findChild<QLabel*>(QStringLiteral("statusTotals"));
        QTRY_VERIFY(totals->text() != QStringLiteral("Σ in 0 · out 0 · –") || !filter.isEmpty());
        auto* overview = window.findChild<OverviewStrip*>();
        QTRY_VERIFY(!overview->load().buckets.empty() || window.model()->rowCount() == 0);
        const QString folder = qEnvironmentVariable("WINDOW_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(300); // what is put off is painted
            QVERIFY(window.grab().save(
                folder + u'/' + QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")));
        }
        QCOMPARE(window.size(), size); // it can be that small
        if (filter.isEmpty()) { // the detail covers no selected call
            const QRect row = window.list()->visualRect(window.list()->currentIndex());
            QVERIFY(window.list()->viewport()->rect().intersects(row));
        }
        for (const QToolButton* button : window.findChild<QToolBar*>()->findChildren<QToolButton*>()) {
            if (button->isVisible())
                QTRY_VERIFY2(
                    button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
        }
        const QHeaderView* header = window.list()->horizontalHeader();
        for (int column = 0; column < header->count(); ++column) {
            const QString title = header->model()->headerData(column, Qt::Horizontal).toString();
            if (!header->isSectionHidden(column))
                QVERIFY2(header->sectionSize(column) >= header->fontMetrics().horizontalAdvance(title) + 4,
                    qPrintable(title));
        }
    }
};

REGISTER_TEST(TestWindowLook)
#include "tst_windowlook.moc"
