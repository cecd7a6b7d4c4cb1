// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Getting at other sources: addresses, tokens that nobody else reads, files that are opened and dropped, and
// what is searched in the bodies.

#include "gui/filter/filterbar.h"
#include "gui/list/calltable.h"
#include "gui/window/attachdialog.h"
#include "gui/window/bodysearch.h"
#include "gui/window/mainwindow.h"
#include "gui/window/singleinstance.h"
#include "gui/window/sourcechooser.h"
#include "gui/window/tokenstore.h"
#include "gui/window/windowactions.h"
#include "support/fakeupstream.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <thread>

namespace {

const QUrl attachedUrl(QStringLiteral("https://staging.example.com"));

} // namespace

class TestAttach final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void cleanup()
    {
        QSettings().clear();
        m_folder.reset();
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("expected"); // empty: refused
        QTest::newRow("bare host") << " staging "
                                   << "http://staging:3000";
        QTest::newRow("host and port") << "10.0.0.7:8080"
                                       << "http://10.0.0.7:8080";
        QTest::newRow("scheme") << "https://p.example.com/"
                                << "https://p.example.com";
        QTest::newRow("path") << "https://example.com/llm"
                              << "https://example.com/llm";
        QTest::newRow("IPv6") << "http://[::1]:3000"
                              << "http://[::1]:3000";
        QTest::newRow("nothing") << ""
                                 << "";
        QTest::newRow("no host") << "http://"
                                 << "";
        QTest::newRow("scheme we do not speak") << "ftp://x"
                                                << "";
        QTest::newRow("password") << "http://a:b@x:3000"
                                  << "";
        QTest::newRow("query") << "http://x:3000/?a"
                               << "";
        QTest::newRow("port") << "http://x:99999"
                              << "";
        QTest::newRow("spaces") << "two words"
                                << "";
    }
    void addresses()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, expected);
        const Result<QUrl> url = AttachDialog::readAddress(text);
        QCOMPARE(url ? url->toString() : QString(), expected);
        if (!url)
            QVERIFY(!url.error().message.isEmpty());
    }

    void theDialogJudgesWhileOneTypes()
    {
        const TokenStore tokens(m_folder->filePath(QStringLiteral("tokens.json")));
        AttachDialog dialog(&tokens, {});
        auto* address = dialog.findChild<QLineEdit*>(QStringLiteral("attachAddress"));
        auto* hint = dialog.findChild<QLabel*>(QStringLiteral("attachHint"));
        const QPushButton* attach = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
        QVERIFY(!attach->isEnabled());
        QTest::keyClicks(address, QStringLiteral("ftp://x"));
        QVERIFY(!attach->isEnabled());
        QVERIFY(hint->text().contains(QLatin1String("ftp")));
        address->clear();
        QTest::keyClicks(address, QStringLiteral("http://staging"));
        QVERIFY(attach->isEnabled());
        QVERIFY2(hint->text().contains(QLatin1String("80")), qPrintable(hint->text()));
        dialog.findChild<QLineEdit*>(QStringLiteral("attachToken"))->setText(QStringLiteral("secret"));
        QVERIFY2(hint->text().contains(QLatin1String("unencrypted")), qPrintable(hint->text()));
        QCOMPARE(dialog.url(), QUrl(QStringLiteral("http://staging")));
        QVERIFY(dialog.token() == Secret("secret"));
    }

    void tokensAreTheOwnersAlone()
    {
        const QString path = m_folder->filePath(QStringLiteral("deep/er/tokens.json"));
        TokenStore tokens(path);
        QVERIFY(tokens.token(attachedUrl).isEmpty());
        QVERIFY(tokens.setToken(attachedUrl, Secret("secret-1")));
        QVERIFY(tokens.setToken(QUrl(QStringLiteral("http://other:3000/x")), Secret("secret-2")));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
            | QFileDevice::WriteOther;
        QVERIFY(!(QFile::permissions(path) & others));
        QVERIFY(TokenStore(path).token(attachedUrl) == Secret("secret-1"));
        QVERIFY(TokenStore(path).token(QUrl(QStringLiteral("http://other:3000"))) == Secret("secret-2"));
        QVERIFY(tokens.setToken(attachedUrl, Secret()));
        QVERIFY(TokenStore(path).token(attachedUrl).isEmpty());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret-1"));
        QVERIFY(!TokenStore(QStringLiteral("/dev/null/x")).setToken(attachedUrl, Secret("s")));
    }

    void nothingIsChangedReadOnly()
    {
        FakeUpstream proxy([](const ReceivedRequest&) { return Answer::json(404, "{}"); });
        const QString where = QString::fromLatin1(proxy.url());
        MainWindow window;
        window.show();
        window.actions()->attach->trigger();
        auto* dialog = window.findChild<AttachDialog*>();
        dialog->findChild<QLineEdit*>(QStringLiteral("attachAddress"))->setText(where);
        dialog->findChild<QCheckBox*>(QStringLiteral("attachReadOnly"))->setChecked(true);
        dialog->accept();
        TraceSource* source = window.sources()->source();
        QVERIFY(source->status().isReadOnly);
        QByteArray refused;
        source->ask(
            "DELETE", "/api/traces?id=a", this, [&](const SourceAnswer& answer) { refused = answer.body; });
        bool isAsked = false;
        source->ask("GET", "/api/health", this, [&](const SourceAnswer&) { isAsked = true; });
        QTRY_VERIFY(isAsked && !refused.isEmpty());
        QVERIFY2(refused.contains("read only"), refused.constData());
        for (const ReceivedRequest& request : proxy.requests())
            QCOMPARE(request.method, "GET");
        // It is one of the recent, and stays read only.
        SourceChooser chooser;
        QCOMPARE(chooser.recent().size(), 1);
        QVERIFY(chooser.recent().first().isReadOnly);
        QCOMPARE(chooser.recent().first().where, where);
        window.sources()->attach(QUrl(where), Secret());
        QVERIFY(!window.sources()->source()->status().isReadOnly);
        QCOMPARE(SourceChooser().recent().size(), 1); // the same once
    }

    void attachingShowsTheProxyAndKeepsTheToken()
    {
        // It answers as a proxy does, and keeps the stream of events open.
        FakeUpstream proxy([](const ReceivedRequest& request) {
            if (request.target.startsWith("/api/events"))
                return Answer::json(
                    401, R"({"error":{"message":"A token is needed","type":"t","code":"c"}})");
            return Answer::json(404, "{}");
        });
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.actions()->attach->trigger();
        auto* dialog = window.findChild<AttachDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        dialog->findChild<QLineEdit*>(QStringLiteral("attachAddress"))
            ->setText(QString::fromLatin1(proxy.url()));
        dialog->findChild<QLineEdit*>(QStringLiteral("attachToken"))->setText(QStringLiteral("my-token"));
        dialog->accept();
        QCOMPARE(window.sources()->entry().kind, SourceEntry::Kind::Remote);
        QTRY_COMPARE(window.sources()->source()->status().state, SourceStatus::State::Refused);
        QVERIFY(proxy.requests().first().rawHead.contains("Authorization: Bearer my-token"));
        auto* chooser = window.findChild<SourceChooser*>();
        QCOMPARE(chooser->recent().size(), 1);
        // No token among the settings.
        const QSettings settings;
        for (const QString& key : settings.allKeys())
            QVERIFY2(!settings.value(key).toString().contains(QLatin1String("my-token")), qPrintable(key));
    }

    void aFileIsOpenedAndDropped()
    {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.actions()->open->trigger();
        auto* dialog = window.findChild<QFileDialog*>(QStringLiteral("openDialog"));
        QVERIFY(dialog && dialog->isVisible());
        dialog->reject();
        QMimeData data;
        const QString path = m_folder->filePath(QStringLiteral("none.db"));
        data.setUrls({QUrl(QStringLiteral("https://example.com")), QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
        QCOMPARE(window.sources()->entry(), (SourceEntry{SourceEntry::Kind::File, path}));
        QCOMPARE(window.sources()->source()->status().state, SourceStatus::State::Refused);
        QVERIFY(window.windowTitle().startsWith(QLatin1String("none.db")));
    }

    void bodiesAreSearchedByTheSource()
    {
        MainWindow window;
        auto owned = std::make_unique<ScriptedSource>();
        ScriptedSource* source = owned.get();
        window.setSource(std::move(owned));
        while (!source->questions().isEmpty())
            source->answerNext(R"({"traces":[]})");
        window.model()->update({sampleCall(1), sampleCall(2), sampleCall(3)});
        QVERIFY(window.filterBar()->setFilter(QStringLiteral("body:\"rate limit\" -id:id-3")));
        QCOMPARE(window.model()->rowCount(), 0);
        QCOMPARE(source->questions(), QList<QByteArray>{"/api/traces?limit=1000&q=rate%20limit"});
        source->answerNext(R"({"traces":[{"id":"id-1"},{"id":"id-3"}],"nextCursor":"n"})");
        QCOMPARE(window.model()->rowCount(), 1);
        QCOMPARE(source->questions(), QList<QByteArray>{"/api/traces?limit=1000&q=rate%20limit&cursor=n"});
        source->answerNext(R"({"traces":[{"id":"id-2"}]})");
        QCOMPARE(window.model()->rowCount(), 2);
        // A call that ends may match, too.
        Q_EMIT source->eventsArrived(
            {callEvent("call.ended", QStringLiteral("stored"), sampleSummary(QStringLiteral("new")))});
        QTRY_COMPARE(source->questions(), QList<QByteArray>{"/api/traces?limit=100&q=rate%20limit"});
        // Another filter wants none of it.
        window.filterBar()->clear();
        QCOMPARE(source->questions(), QList<QByteArray>{});
        QCOMPARE(window.model()->rowCount(), 4);
    }

    void highlightsWhatTheSourceFinds()
    {
        MainWindow window;
        auto owned = std::make_unique<ScriptedSource>();
        ScriptedSource* source = owned.get();
        window.setSource(std::move(owned));
        while (!source->questions().isEmpty())
            source->answerNext(R"({"traces":[]})");
        window.model()->update({sampleCall(1), sampleCall(2)});
        const auto isDim = [&window](int row) {
            return window.model()->index(row, 0).data(RequestListModel::DimmedRole).toBool();
        };
        QVERIFY(window.filterBar()->setHighlight(QStringLiteral("body:words")));
        QVERIFY(isDim(0) && isDim(1));
        QCOMPARE(source->answerNext(R"({"traces":[{"id":"id-2"}]})"),
            QByteArray("/api/traces?limit=1000&q=words"));
        QCOMPARE(window.model()->rowCount(), 2);
        QVERIFY(isDim(0) && !isDim(1));
        QVERIFY(window.filterBar()->setHighlight({}));
        QVERIFY(!isDim(0));
    }

    void aSecondStartHandsItsFilesOver()
    {
        QVERIFY(!SingleInstance::handOver({}));
        SingleInstance running;
        running.listen();
        QSignalSpy handed(&running, &SingleInstance::filesHandedOver);
        bool isTaken = false;
        const QStringList files{QStringLiteral("/a b/c.db"), QStringLiteral("/ü.db")};
        std::thread second([&] { isTaken = SingleInstance::handOver(files); });
        const bool came = QTest::qWaitFor([&] { return !handed.isEmpty(); });
        second.join();
        QVERIFY(came);
        QVERIFY(isTaken);
        QCOMPARE(handed.first().first().toStringList(), files);
    }

    void theKeysAreListed()
    {
        MainWindow window;
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        window.actions()->shortcuts->trigger();
        auto* list = window.findChild<QTreeWidget*>(QStringLiteral("shortcutList"));
        QVERIFY(list && list->isVisible());
        const auto record = list->findItems(QStringLiteral("Record"), Qt::MatchExactly, 1);
        QCOMPARE(record.size(), 1);
        QCOMPARE(record.first()->text(0), QStringLiteral("Ctrl+E"));
        QSet<QString> keys; // no key does two things
        for (const QAction* action : window.QWidget::actions()) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!keys.contains(key.toString()), qPrintable(key.toString()));
                keys.insert(key.toString());
            }
        }
        QVERIFY(keys.size() > 15);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

REGISTER_TEST(TestAttach)
#include "tst_attach.moc"
