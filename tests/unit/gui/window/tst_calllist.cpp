// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The list keeps what the user looks at: selection and place through filters and orders, columns through
// restarts.

#include "gui/list/calldelegate.h"
#include "gui/list/calltable.h"
#include "gui/list/columnlayout.h"
#include "gui/list/followmode.h"
#include "gui/list/timelinescale.h"
#include "gui/model/requestlistmodel.h"
#include "gui/style/theme.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAccessible>
#include <QAction>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using Columns = RequestColumns;

namespace {

QList<CallFacts> tableCalls(int from, int to)
{
    QList<CallFacts> calls;
    for (int n = from; n <= to; ++n)
        calls.append(sampleCall(n));
    return calls;
}

bool isEven(const CallFacts& call)
{
    return call.number % 2 == 0;
}

} // namespace

class TestCallList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<RequestListModel>();
        m_table = std::make_unique<CallTable>(m_model.get());
        m_table->resize(1280, 400);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_table.get()));
    }
    void cleanup()
    {
        m_table.reset();
        m_model.reset();
    }

    void theCurrentCallSurvivesFilterAndOrder()
    {
        m_model->update(tableCalls(1, 200));
        QVERIFY(m_table->selectCall("id-100"));
        QSignalSpy changed(m_table.get(), &CallTable::currentCallChanged);
        m_model->setFilter(isEven);
        QCOMPARE(m_table->currentId(), QByteArray("id-100"));
        QCOMPARE(m_table->selectedIds(), QList<QByteArray>{"id-100"});
        m_model->sort(Columns::Cost, Qt::DescendingOrder);
        QCOMPARE(m_table->currentId(), QByteArray("id-100"));
        m_model->setFilter({});
        QCOMPARE(m_table->currentId(), QByteArray("id-100"));
        QCOMPARE(changed.size(), 0); // nobody had to show it anew
    }

    void aHiddenCurrentCallComesBackWithItsFilter()
    {
        m_model->update(tableCalls(1, 10));
        QVERIFY(m_table->selectCall("id-3"));
        QSignalSpy changed(m_table.get(), &CallTable::currentCallChanged);
        m_model->setFilter(isEven);
        QCOMPARE(m_table->currentId(), QByteArray());
        QCOMPARE(changed.takeFirst().first().toByteArray(), QByteArray());
        m_model->setFilter({});
        QCOMPARE(m_table->currentId(), QByteArray("id-3"));
        QCOMPARE(changed.takeFirst().first().toByteArray(), QByteArray("id-3"));
    }

    // A view whose keys come in makes a row current without choosing it.
    void aFilterChoosesNoCallByItself()
    {
        m_model->update(tableCalls(1, 10));
        m_table->selectionModel()->setCurrentIndex(m_model->index(3, 0), QItemSelectionModel::NoUpdate);
        m_model->setFilter(isEven);
        QCOMPARE(m_table->currentId(), QByteArray());
        QVERIFY(m_table->selectCall("id-4"));
        m_table->clearSelection();
        m_model->setFilter({});
        QCOMPARE(m_table->currentId(), QByteArray());
    }

    void manySelectedCallsStaySelected()
    {
        m_model->update(tableCalls(1, 300));
        m_table->selectAll();
        m_model->setFilter(isEven);
        QCOMPARE(m_table->selectedIds().size(), 150);
        m_model->sort(Columns::Cost, Qt::DescendingOrder);
        QCOMPARE(m_table->selectedIds().size(), 150);
        QCOMPARE(m_table->selectedIds().first(), QByteArray("id-300"));
    }

    // What is on the screen stays where it is, though half the calls above have gone.
    void thePlaceSurvivesAFilter()
    {
        m_model->update(tableCalls(1, 400));
        m_table->follow()->setOn(false);
        m_table->verticalScrollBar()->setValue(m_table->rowPixels() * 199 + 7);
        QCOMPARE(m_table->rowAt(0), 199); // id-200, of which 7 pixels are hidden
        m_model->setFilter(isEven);
        const int row = m_model->rowOf("id-200");
        QCOMPARE(m_table->rowViewportPosition(row), -7);
        m_model->setFilter({});
        QCOMPARE(m_table->rowViewportPosition(m_model->rowOf("id-200")), -7);
    }

    void aCurrentCallOnTheScreenKeepsItsPlace()
    {
        m_model->update(tableCalls(1, 400));
        QVERIFY(m_table->selectCall("id-200"));
        const int y = m_table->rowViewportPosition(m_model->rowOf("id-200"));
        m_model->setFilter(isEven);
        QCOMPARE(m_table->rowViewportPosition(m_model->rowOf("id-200")), y);
    }

    void keysMoveThroughTheList()
    {
        m_model->update(tableCalls(1, 5));
        QVERIFY(m_table->selectCall("id-2"));
        QTest::keyClick(m_table.get(), Qt::Key_J);
        QCOMPARE(m_table->currentId(), QByteArray("id-3"));
        QTest::keyClick(m_table.get(), Qt::Key_K);
        QTest::keyClick(m_table.get(), Qt::Key_K);
        QCOMPARE(m_table->currentId(), QByteArray("id-1"));
        QTest::keyClick(m_table.get(), Qt::Key_Down);
        QCOMPARE(m_table->currentId(), QByteArray("id-2"));
        QTest::keyClick(m_table.get(), Qt::Key_Home);
        QCOMPARE(m_table->currentId(), QByteArray("id-1"));
        QSignalSpy opened(m_table.get(), &CallTable::callOpened);
        QTest::keyClick(m_table.get(), Qt::Key_Return);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toByteArray(), QByteArray("id-1"));
    }

    // Qt makes the first row the current one when the keyboard comes; the only call could not be chosen.
    void theFirstKeyChoosesTheRowItFinds()
    {
        m_model->update(tableCalls(1, 1));
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_J}) {
            m_table->clearSelection();
            m_table->selectionModel()->setCurrentIndex(m_model->index(0, 0), QItemSelectionModel::NoUpdate);
            QCOMPARE(m_table->currentId(), QByteArray());
            QTest::keyClick(m_table.get(), key);
            QCOMPARE(m_table->currentId(), QByteArray("id-1"));
        }
    }

    void aClickSortsAndAnotherTurnsItAround()
    {
        QList<CallFacts> calls = tableCalls(1, 3);
        calls[1].costUsd = 9;
        m_model->update(calls);
        clickHeader(Columns::Cost);
        QCOMPARE(m_model->callAt(2).id, QByteArray("id-2"));
        clickHeader(Columns::Cost);
        QCOMPARE(m_model->callAt(0).id, QByteArray("id-2"));
        clickHeader(Columns::Cost); // the third one: in the order of arrival again
        QVERIFY(m_model->isInOrderOfArrival());
        QCOMPARE(m_model->callAt(1).id, QByteArray("id-2"));
    }

    void theTimelinesTitleAlignsInsteadOfSorting()
    {
        m_model->update(tableCalls(1, 3));
        clickHeader(Columns::Timeline);
        QVERIFY(m_table->isTimelineAligned());
        QVERIFY(m_model->isInOrderOfArrival());
        clickHeader(Columns::Timeline);
        QVERIFY(!m_table->isTimelineAligned());
    }

    void paintedCellsSpeak()
    {
        CallFacts failed = sampleCall(1);
        failed.state = CallFacts::State::UpstreamError;
        failed.status = 429;
        failed.error = QStringLiteral("rate_limit_error");
        failed.delivery = CallFacts::Delivery::Failed;
        m_model->update({failed});
        QAccessibleInterface* table = QAccessible::queryAccessibleInterface(m_table.get());
        QVERIFY(table && table->tableInterface());
        const auto spoken = [table](int column) {
            return table->tableInterface()->cellAt(0, column)->text(QAccessible::Name);
        };
        QVERIFY(spoken(Columns::State).contains(QLatin1String("rate_limit_error")));
        QVERIFY(spoken(Columns::Delivery).contains(QLatin1String("rejected")));
        QVERIFY(spoken(Columns::Timeline).size() > 5);
    }

    void columnsCanBeHiddenMovedAndRestored()
    {
        const ColumnLayout first = ColumnLayout::atFirst(m_table->fontMetrics(), 1280, false);
        m_table->setColumns(first);
        QVERIFY(m_table->isColumnHidden(Columns::Rate));
        QVERIFY(m_table->isColumnHidden(Columns::Note));
        QVERIFY(!m_table->isColumnHidden(Columns::Cost));
        std::unique_ptr<QMenu> menu(m_table->columnMenu(nullptr));
        menu->findChild<QAction*>(QStringLiteral("column%1").arg(int(Columns::Note)))->trigger();
        QVERIFY(!m_table->isColumnHidden(Columns::Note));
        QHeaderView* header = m_table->horizontalHeader();
        header->moveSection(header->visualIndex(Columns::Cost), 0);
        header->resizeSection(Columns::Model, 222);
        const QByteArray saved = m_table->columns().toJson();

        RequestListModel otherModel;
        CallTable other(&otherModel);
        other.setColumns(ColumnLayout::fromJson(saved, first).value());
        QCOMPARE(other.horizontalHeader()->logicalIndex(0), int(Columns::Cost));
        QCOMPARE(other.columnWidth(Columns::Model), 222);
        QVERIFY(!other.isColumnHidden(Columns::Note));
        other.setColumns(first); // "Reset columns"
        QCOMPARE(other.horizontalHeader()->logicalIndex(0), int(Columns::Number));
        QVERIFY(other.isColumnHidden(Columns::Note));
    }

    void wideWindowsShowMoreColumns()
    {
        const QFontMetrics metrics = m_table->fontMetrics();
        QVERIFY(!ColumnLayout::atFirst(metrics, 1499, false).shown.contains(Columns::Session));
        QVERIFY(ColumnLayout::atFirst(metrics, 1500, false).shown.contains(Columns::Session));
        QCOMPARE(ColumnLayout::atFirst(metrics, 1600, true).shown,
            (QList<int>{Columns::Number, Columns::State, Columns::Model, Columns::Request, Columns::Output,
                Columns::Cost}));
    }

    // A layout that an older version saved, which knew one column less.
    void aNewColumnTakesItsFirstPlace()
    {
        ColumnLayout first = ColumnLayout::atFirst(m_table->fontMetrics(), 1280, false);
        const QByteArray old
            = R"({"v":1,"order":[1,0,2,5],"shown":[0,5],"widths":{"0":77},"known":6,"sort":12})";
        const auto layout = ColumnLayout::fromJson(old, first);
        QVERIFY(layout);
        QCOMPARE(layout->order.size(), int(Columns::Count));
        QCOMPARE(layout->order.mid(0, 4), (QList<int>{1, 0, 2, 5}));
        QVERIFY(layout->shown.contains(Columns::Timeline)); // was not known
        QVERIFY(!layout->shown.contains(Columns::Time)); // was known, and hidden
        QCOMPARE(layout->widths.value(0), 77);
        QCOMPARE(layout->sortColumn, 12);
        QVERIFY(!ColumnLayout::fromJson(R"({"v":2,"shown":[0]})", first));
        QVERIFY(!ColumnLayout::fromJson("nonsense", first));
        QVERIFY(!ColumnLayout::fromJson(R"({"v":1,"shown":[]})", first));
    }

    void theRequestTakesTheRoomThatIsLeft()
    {
        m_table->setColumns(ColumnLayout::atFirst(m_table->fontMetrics(), 1280, false));
        const QHeaderView* header = m_table->horizontalHeader();
        QCOMPARE(header->length(), m_table->viewport()->width());
        m_table->resize(700, 400);
        QTRY_COMPARE(m_table->columnWidth(Columns::Request), 160);
        m_table->resize(1500, 400);
        QTRY_COMPARE(header->length(), m_table->viewport()->width());
    }

    void rowsAreCopiedAsTheyAreShown()
    {
        m_table->setColumns(ColumnLayout::atFirst(m_table->fontMetrics(), 1280, false));
        m_model->update(tableCalls(1, 3));
        m_table->selectAll();
        const QStringList lines = m_table->selectionAsText().split(u'\n');
        QCOMPARE(lines.size(), 3);
        const QStringList cells = lines[1].split(u'\t');
        QCOMPARE(cells[0], QStringLiteral("2"));
        QVERIFY(cells.contains(QStringLiteral("question 2")));
        QVERIFY(cells.contains(QStringLiteral("accepted by Langfuse")));
    }

    void theTimelineSpansWhatIsOnTheScreen()
    {
        m_model->update(tableCalls(1, 400)); // one a second, each 2.4 s
        m_table->follow()->setOn(false);
        m_table->verticalScrollBar()->setValue(m_table->rowPixels() * 100);
        QTRY_COMPARE(m_table->painter()->scale().fromUs, sampleCall(101).startedAtUs);
        const int shown = m_table->rowAt(m_table->viewport()->height() - 1) - m_table->rowAt(0);
        QCOMPARE(m_table->painter()->scale().spanUs, shown * 1'000'000LL + 2'400'000);
    }

    void barsSayHowLongACallWaitedAndWrote()
    {
        TimelineScale scale;
        scale.fromUs = 1000;
        scale.spanUs = 1000;
        CallFacts call;
        call.startedAtUs = 1100;
        call.firstTokenUs = 200;
        call.durationUs = 500;
        TimelineScale::Bar bar = scale.bar(call);
        QCOMPARE(bar.start, 0.1);
        QCOMPARE(bar.firstToken, 0.3);
        QCOMPARE(bar.end, 0.6);
        call.firstTokenUs.reset(); // all of it was waiting
        QCOMPARE(scale.bar(call).firstToken, 0.6);
        call.startedAtUs = 0; // begins before and ends in it
        call.durationUs = 1500;
        bar = scale.bar(call);
        QCOMPARE(bar.start, 0.0);
        QCOMPARE(bar.end, 0.5);
        scale.isAligned = true;
        QCOMPARE(scale.bar(call).end, 1.0);
    }

    // No two states look the same, and none is lost on the colour of the selection.
    void statesDifferByShape()
    {
        QList<QImage> seen;
        for (int n = 0; n <= int(CallFacts::State::CutOff); ++n) {
            CallFacts call = sampleCall(n + 1);
            call.state = CallFacts::State(n);
            m_model->update({call});
        }
        QCOMPARE(m_model->rowCount(), int(CallFacts::State::CutOff) + 1);
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QImage glyph = painted(row, Columns::State, true);
            QVERIFY2(!seen.contains(glyph), qPrintable(QString::number(row)));
            seen.append(glyph); // of one colour all: what differs is the shape
        }
    }

    void deliveriesDifferByShape()
    {
        QList<QImage> seen;
        for (int n = 0; n <= int(CallFacts::Delivery::Failed); ++n) {
            CallFacts call = sampleCall(n + 1);
            call.delivery = CallFacts::Delivery(n);
            m_model->update({call});
        }
        for (int row = 0; row < m_model->rowCount(); ++row) {
            const QImage glyph = painted(row, Columns::Delivery, true);
            QVERIFY2(!seen.contains(glyph), qPrintable(QString::number(row)));
            seen.append(glyph);
        }
    }

    void aCacheMissWarns()
    {
        CallFacts missed = sampleCall(1);
        missed.cachedTokens = 0;
        CallFacts good = sampleCall(2);
        good.cachedTokens = good.inputTokens;
        m_model->update({missed, good});
        m_table->painter()->setCacheMisses({"id-1"});
        QStyleOptionViewItem option;
        option.initFrom(m_table.get());
        option.state &= ~QStyle::State_Selected;
        const auto color = [&](int row) {
            return m_table->painter()->textColor(option, m_model->index(row, Columns::Cached));
        };
        QCOMPARE(color(0), theme::accent(theme::Accent::Warn, m_table->palette()));
        QCOMPARE(color(1), theme::accent(theme::Accent::Ok, m_table->palette()));
        option.state |= QStyle::State_Selected;
        QCOMPARE(color(0), m_table->palette().color(QPalette::HighlightedText));
    }

private:
    void clickHeader(int column)
    {
        QHeaderView* header = m_table->horizontalHeader();
        const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
    }
    QImage painted(int row, int column, bool isSelected)
    {
        QImage image(30, 22, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::black);
        QPainter painter(&image);
        QStyleOptionViewItem option;
        option.initFrom(m_table.get());
        option.rect = image.rect();
        option.state.setFlag(QStyle::State_Selected, isSelected);
        m_table->painter()->paint(&painter, option, m_model->index(row, column));
        painter.end();
        return image;
    }

    std::unique_ptr<RequestListModel> m_model;
    std::unique_ptr<CallTable> m_table;
};

REGISTER_TEST(TestCallList)
#include "tst_calllist.moc"
