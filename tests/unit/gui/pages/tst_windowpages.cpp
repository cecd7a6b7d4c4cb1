// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the main window opens beside itself, by menu and by key.

#include "gui/action/comparedialog.h"
#include "gui/action/exportdialog.h"
#include "gui/action/replaydialog.h"
#include "gui/delivery/deliverywindow.h"
#include "gui/list/calltable.h"
#include "gui/settings/settingsdialog.h"
#include "gui/source/enginesource.h"
#include "gui/usage/usagepage.h"
#include "gui/window/filecomparison.h"
#include "gui/window/mainwindow.h"
#include "gui/window/sourceswitch.h"
#include "gui/window/windowpages.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

class TestWindowPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
        m_window = std::make_unique<MainWindow>([] { return qint64(1'790'000'100'000'000); });
        m_inputs = {};
        m_inputs.environment = {{"PORT", "0"}};
        m_inputs.defaultStorePath = m_folder->filePath(QStringLiteral("traces.db"));
        m_pages = std::make_unique<WindowPages>(
            m_window.get(), m_inputs, m_folder->filePath(QStringLiteral("viewer.env")));
    }
    void cleanup()
    {
        m_pages.reset();
        m_window.reset();
        QSettings().clear();
    }

    void actionsWantACall()
    {
        ScriptedSource* source = open();
        QVERIFY(!action("replayCall")->isEnabled());
        QVERIFY(!action("copyAsCurl")->isEnabled());
        QVERIFY(m_window->list()->selectCall("id-2"));
        QVERIFY(action("replayCall")->isEnabled());
        QVERIFY(action("copyAsCurl")->isEnabled());
        SourceStatus file;
        file.state = SourceStatus::State::Attached;
        source->setState(file); // without a proxy nothing can be sent
        QVERIFY(!action("replayCall")->isEnabled());
        QVERIFY(action("copyAsPython")->isEnabled());
    }

    // The proxy is not there for it, and is as soon as it is put right.
    void aWrongSettingIsNamedAndPutRight()
    {
        m_inputs.saved = {{"MAX_BODY_BYTES", "abc"}};
        const Result<LoadedConfig> loaded = loadConfig(m_inputs);
        QVERIFY(!loaded);
        m_pages = std::make_unique<WindowPages>(
            m_window.get(), m_inputs, m_folder->filePath(QStringLiteral("viewer.env")));
        m_window->setSource(std::make_unique<EngineSource>(loaded.error()));
        m_window->show();
        TraceSource* own = m_window->sources()->own();
        QCOMPARE(own->status().state, SourceStatus::State::Refused);
        QVERIFY2(
            own->status().detail.contains(QLatin1String("MAX_BODY_BYTES")), qPrintable(own->status().detail));
        m_pages->editSettings(loaded.error().subject.toUtf8(), loaded.error().message);
        auto* dialog = m_window->findChild<SettingsDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("field-MAX_BODY_BYTES"));
        QVERIFY(field);
        QCOMPARE(field->text(), QStringLiteral("abc"));
        auto* problem = dialog->findChild<QLabel*>(QStringLiteral("problem-MAX_BODY_BYTES"));
        QVERIFY2(problem->text().contains(QLatin1String("Not allowed")), qPrintable(problem->text()));
        field->setText(QStringLiteral("1000"));
        dialog->findChild<QPushButton*>(QStringLiteral("saveSettings"))->click();
        QTRY_COMPARE(own->status().state, SourceStatus::State::Attached);
    }

    void theNewestCallsOfTwoFilesAreCompared()
    {
        ScriptedSource* shown = open();
        drain(shown);
        auto file = std::make_unique<ScriptedSource>();
        ScriptedSource* first = file.get();
        new FileComparison(m_window.get(), std::move(file)); // the window's
        QCOMPARE(first->answerNext(pageWith(QStringLiteral("old"))), QByteArray("/api/traces?limit=1"));
        QVERIFY(!m_window->findChild<CompareDialog*>());
        QCOMPARE(shown->answerNext(pageWith(QStringLiteral("new"))), QByteArray("/api/traces?limit=1"));
        QVERIFY(m_window->findChild<CompareDialog*>());
        QCOMPARE(first->questions(), QList<QByteArray>{"/api/traces/old"});
        QCOMPARE(shown->questions(), QList<QByteArray>{"/api/traces/new"});
    }

    // Two, or one with the call before it in its session.
    void callsAreCompared()
    {
        ScriptedSource* source = open();
        drain(source);
        QVERIFY(!action("compareCalls")->isEnabled());
        m_window->list()->selectAll();
        QVERIFY(!action("compareCalls")->isEnabled()); // three
        QVERIFY(m_window->list()->selectCall("id-2"));
        QVERIFY(action("compareCalls")->isEnabled());
        drain(source);
        action("compareCalls")->trigger();
        QVERIFY(m_window->findChild<CompareDialog*>());
        QCOMPARE(source->questions(), (QList<QByteArray>{"/api/traces/id-1", "/api/traces/id-2"}));
        QVERIFY(m_window->list()->selectCall("id-1")); // the first of its session
        QVERIFY(!action("compareCalls")->isEnabled());
    }

    void aCallIsCopiedByKey()
    {
        ScriptedSource* source = open();
        QVERIFY(m_window->list()->selectCall("id-1"));
        drain(source);
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(source->questions().contains("/api/traces/id-1"));
        while (source
                   ->answerNext(R"({"provider":"openai","request":{"method":"POST","upstream":"https://x",)"
                                R"("target":"/v1/y","headers":[["Authorization","Bearer ***"]]}})")
                   .size()) { }
        QCOMPARE(QGuiApplication::clipboard()->text(),
            QStringLiteral(
                "curl -sS -X 'POST' 'https://x/v1/y' \\\n  -H \"Authorization: Bearer $OPENAI_API_KEY\"\n"));
    }

    void theListIsExported()
    {
        open();
        m_window->list()->selectAll();
        action("exportCalls")->trigger();
        auto* dialog = m_window->findChild<ExportDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->findChild<QRadioButton*>(QStringLiteral("exportSelected"))->isChecked());
        QCOMPARE(dialog->findChild<QRadioButton*>(QStringLiteral("exportShown"))->text().remove(u'&'),
            QStringLiteral("All that are shown (3)"));
        dialog->reject();
    }

    void pagesOpen()
    {
        open();
        action("showUsage")->trigger();
        QVERIFY(m_pages->usage()->isVisible());
        QVERIFY(m_pages->usage()->isWindow());
        action("showDelivery")->trigger();
        QVERIFY(m_pages->delivery()->isVisible());
        QVERIFY(m_window->list()->selectCall("id-1"));
        action("editAndSend")->trigger();
        QVERIFY(m_window->findChild<ReplayDialog*>());
        Q_EMIT m_pages->delivery()->callRequested("id-3");
        QCOMPARE(m_window->list()->currentId(), "id-3");
    }

    // Another source: nothing speaks of the old one any more.
    void pagesFollowTheSource()
    {
        ScriptedSource* first = open();
        drain(first);
        action("showUsage")->trigger();
        QVERIFY(!first->questions().isEmpty());
        auto other = std::make_unique<ScriptedSource>();
        ScriptedSource* second = other.get();
        m_window->setSource(std::move(other));
        const auto isAsked = [second] {
            const QList<QByteArray> targets = second->questions();
            return std::any_of(targets.begin(), targets.end(),
                [](const QByteArray& target) { return target.startsWith("/api/stats"); });
        };
        QTRY_VERIFY(isAsked());
    }

    void savedSettingsRunAtOnce()
    {
        m_inputs.environment.insert("STORE_PATH", ":memory:");
        m_window->setSource(std::make_unique<EngineSource>(SettingsDraft(m_inputs).load()->config, true));
        m_window->show();
        const auto status = [this] { return m_window->sources()->own()->status(); };
        QTRY_COMPARE(status().state, SourceStatus::State::Attached);
        QVERIFY(!status().wantsKey);
        action("editSettings")->trigger();
        QPointer<SettingsDialog> dialog = m_window->findChild<SettingsDialog*>();
        QVERIFY(dialog);
        action("editSettings")->trigger(); // there is only one
        QCOMPARE(m_window->findChildren<SettingsDialog*>().size(), 1);
        dialog->findChild<QLineEdit*>(QStringLiteral("field-PROXY_API_KEY"))
            ->setText(QStringLiteral("proxy-key-0123456789"));
        dialog->findChild<QPushButton*>(QStringLiteral("saveSettings"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(status().wantsKey, 10'000);
        QCOMPARE(status().state, SourceStatus::State::Attached);
        QTRY_VERIFY(!dialog);
        action("editSettings")->trigger(); // and it knows what is saved
        QCOMPARE(m_window->findChild<SettingsDialog*>()
                     ->findChild<QLineEdit*>(QStringLiteral("field-PROXY_API_KEY"))
                     ->text(),
            QStringLiteral("proxy-key-0123456789"));
    }

    void noticesAreOffUntilTheyAreWanted()
    {
        QVERIFY(!action("notifyDelivery")->isChecked());
        action("notifyDelivery")->trigger();
        m_pages.reset();
        m_pages = std::make_unique<WindowPages>(m_window.get(), m_inputs, QString());
        const QList<QAction*> actions = m_window->findChildren<QAction*>(QStringLiteral("notifyDelivery"));
        QVERIFY(actions.last()->isChecked());
    }

private:
    [[nodiscard]] QAction* action(const char* name) const
    {
        auto* found = m_window->findChild<QAction*>(QLatin1String(name));
        if (!found)
            qFatal("no action %s", name);
        return found;
    }
    static QByteArray pageWith(const QString& id)
    {
        return QJsonDocument(QJsonObject{{QStringLiteral("traces"), QJsonArray{sampleSummary(id)}}}).toJson();
    }
    static void drain(ScriptedSource* source)
    {
        while (!source->questions().isEmpty())
            source->answerNext("{}");
    }
    /// Three calls are in the list.
    ScriptedSource* open()
    {
        auto owned = std::make_unique<ScriptedSource>();
        ScriptedSource* source = owned.get();
        m_window->setSource(std::move(owned));
        QJsonArray traces;
        for (int n = 3; n >= 1; --n)
            traces.append(sampleSummary(QStringLiteral("id-%1").arg(n),
                {{QStringLiteral("startedAt"), QStringLiteral("2026-11-24T10:42:3%1.500000Z").arg(n)}}));
        const QByteArray list = QJsonDocument(QJsonObject{{QStringLiteral("traces"), traces}}).toJson();
        while (!source->questions().isEmpty())
            source->answerNext(list);
        m_window->show();
        (void)QTest::qWaitForWindowActive(m_window.get());
        return source;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<WindowPages> m_pages;
    SettingInputs m_inputs;
};

REGISTER_TEST(TestWindowPages)
#include "tst_windowpages.moc"
