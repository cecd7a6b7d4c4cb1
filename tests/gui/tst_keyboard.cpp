// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Without a mouse: every pane can be reached by keys, and everything that can be pressed has a name to be
// read.

#include "acceptancewindow.h"
#include "gui/filter/callsidebar.h"
#include "gui/filter/filterbar.h"
#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"
#include "samplecalls.h"
#include "support/testprogram.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QHeaderView>
#include <QLineEdit>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

class TestKeyboard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        const QString store = m_folder->filePath(QStringLiteral("traces.db"));
        m_calls = sampleCalls(QDateTime::currentMSecsSinceEpoch() * 1000);
        QVERIFY(writeSampleStore(store, m_calls));
        m_viewer = std::make_unique<AcceptanceWindow>(
            QHash<QByteArray, QByteArray>{{"STORE_PATH", store.toUtf8()}});
        m_viewer->window()->show();
        QVERIFY(QTest::qWaitForWindowActive(m_viewer->window()));
        QTRY_COMPARE(m_viewer->model()->rowCount(), int(m_calls.size()));
        QVERIFY(m_viewer->window()->list()->selectCall(m_calls.at(4).record.id));
        QTRY_VERIFY(m_viewer->conversation().contains(QStringLiteral("average")));
    }
    void cleanup()
    {
        m_viewer.reset();
        m_folder.reset();
        QSettings().clear();
    }

    // 19
    void tabReachesEveryPane()
    {
        QSet<QString> reached;
        m_viewer->window()->list()->setFocus();
        for (int step = 0; step < 200; ++step) {
            QWidget* focus = m_viewer->window()->focusWidget();
            for (const QWidget* at = focus; at; at = at->parentWidget())
                reached.insert(at->objectName());
            QTest::keyClick(focus, Qt::Key_Tab);
            if (m_viewer->window()->list()->hasFocus())
                break;
        }
        QVERIFY2(m_viewer->window()->list()->hasFocus(), "Tab does not come back to the list");
        for (const char* pane :
            {"sourceChooser", "filterLine", "sidebar", "callList", "detailTabs", "conversation"})
            QVERIFY2(reached.contains(QLatin1String(pane)), pane);
    }

    // 19
    void keysOpenEveryTab()
    {
        auto* tabs = m_viewer->detail()->findChild<QTabWidget*>(QStringLiteral("detailTabs"));
        for (int tab = 0; tab < tabs->count(); ++tab) {
            QTest::keyClick(m_viewer->window(), Qt::Key(Qt::Key_1 + tab), Qt::ControlModifier);
            QCOMPARE(tabs->currentIndex(), tab);
            m_viewer->window()->list()->setFocus();
            QTest::keyClick(m_viewer->window()->list(), Qt::Key_Return);
            const QWidget* focus = m_viewer->window()->focusWidget();
            QVERIFY2(tabs->isAncestorOf(focus), qPrintable(tabs->tabText(tab)));
        }
    }

    // 19
    void whatCanBePressedHasAName()
    {
        QStringList nameless;
        const auto look = [&nameless](const QWidget* window) {
            for (QWidget* widget : window->findChildren<QWidget*>()) {
                const bool isUsed = qobject_cast<const QAbstractButton*>(widget)
                    || qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QComboBox*>(widget)
                    || (qobject_cast<const QAbstractItemView*>(widget)
                        && !qobject_cast<const QHeaderView*>(widget));
                const bool isQts = widget->objectName().startsWith(QLatin1String("qt_"))
                    || widget->inherits("QTableCornerButton")
                    || qobject_cast<const QTabBar*>(widget->parentWidget());
                if (!isUsed || isQts || !widget->isVisible() || widget->window() != window)
                    continue;
                const QAccessibleInterface* said = QAccessible::queryAccessibleInterface(widget);
                if (!said || said->text(QAccessible::Name).isEmpty())
                    nameless.append(QStringLiteral("%1 %2 in %3")
                                        .arg(QLatin1String(widget->metaObject()->className()),
                                            widget->objectName(), widget->parentWidget()->objectName()));
            }
        };
        for (int tab = 0; tab < DetailPane::TabCount; ++tab) {
            m_viewer->detail()->setTab(DetailPane::Tab(tab));
            look(m_viewer->window());
        }
        for (const char* action : {"showUsage", "showDelivery", "exportCalls", "editSettings"})
            m_viewer->window()->findChild<QAction*>(QLatin1String(action))->trigger();
        for (const QWidget* window : QApplication::topLevelWidgets()) {
            if (window->isVisible() && window != m_viewer->window())
                look(window);
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    }

    // 19
    void rowsSayStateProviderAndDelivery()
    {
        const RequestListModel& model = *m_viewer->model();
        QSet<QString> states;
        for (int row = 0; row < model.rowCount(); ++row) {
            const auto said = [&](int column) {
                return model.index(row, column).data(Qt::AccessibleTextRole).toString();
            };
            states.insert(said(RequestColumns::State));
            QVERIFY(said(RequestColumns::Provider).contains(model.callAt(row).provider));
            QVERIFY(said(RequestColumns::Delivery).contains(CallText::delivery(model.callAt(row).delivery)));
        }
        QVERIFY2(states.size() >= 4, qPrintable(QStringList(states.values()).join(u'|')));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QList<SampleCall> m_calls;
    std::unique_ptr<AcceptanceWindow> m_viewer;
};

REGISTER_TEST(TestKeyboard)
#include "tst_keyboard.moc"
