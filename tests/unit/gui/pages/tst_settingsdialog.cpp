// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The dialog of settings: what it shows of each, what it refuses, what it writes, what Langfuse says; and a
// proxy that starts again with what it has saved.

#include "config/envfile.h"
#include "gui/model/callfeed.h"
#include "gui/model/requestlistmodel.h"
#include "gui/settings/settingrow.h"
#include "gui/settings/settingsdialog.h"
#include "gui/source/enginesource.h"
#include "support/fakelangfuse.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testprogram.h"
#include "unit/gui/pages/keptpicture.h"

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

const Setting& settingNamed(const QByteArray& key)
{
    for (const Setting& setting : settingsTable()) {
        if (setting.key == key)
            return setting;
    }
    qFatal("%s", key.constData());
}

template <typename Widget>
Widget* childOf(const QWidget& parent, const QByteArray& name)
{
    auto* child = parent.findChild<Widget*>(QString::fromLatin1(name));
    if (!child)
        qFatal("no %s", name.constData());
    return child;
}

void type(const QDialog& dialog, const QByteArray& key, const char* text)
{
    auto* field = childOf<QLineEdit>(dialog, "field-" + key);
    field->setFocus();
    field->selectAll();
    QTest::keyClick(field, Qt::Key_Delete);
    QTest::keyClicks(field, QString::fromLatin1(text));
}

QString shown(const QDialog& dialog, const QByteArray& name)
{
    const auto* label = childOf<QLabel>(dialog, name);
    return label->isHidden() ? QString() : label->text();
}

} // namespace

class TestSettingsDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("config/viewer.env"));
        m_inputs = {};
        m_inputs.defaultStorePath = m_folder->filePath(QStringLiteral("traces.db"));
    }

    void showsEverySettingWithItsSource()
    {
        m_inputs.flags = {{"PORT", "4000"}};
        m_inputs.environment
            = {{"LANGFUSE_HOST", "http://langfuse:3000"}, {"PROXY_API_KEY", "very-secret-key"}};
        m_inputs.envFile = {{"LOG_LEVEL", "warn"}};
        m_inputs.saved = {{"HOST", "localhost"}, {"LANGFUSE_SECRET_KEY", "sk-lf-saved"}};
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        for (const Setting& setting : settingsTable()) {
            const auto* row = childOf<SettingRow>(dialog, "setting-" + setting.key);
            QVERIFY2(!row->isHidden(), setting.key.constData());
            QVERIFY2(!row->accessibleName().isEmpty()
                    || !childOf<QWidget>(dialog, "field-" + setting.key)->accessibleName().isEmpty(),
                setting.key.constData());
        }
        QCOMPARE(shown(dialog, "source-PORT"), QStringLiteral("command line"));
        QCOMPARE(childOf<QLineEdit>(dialog, "field-PORT")->text(), QStringLiteral("4000"));
        QVERIFY(!childOf<QLineEdit>(dialog, "field-PORT")->isEnabled());
        QCOMPARE(shown(dialog, "source-LANGFUSE_BASE_URL"), QStringLiteral("environment"));
        QCOMPARE(childOf<QLineEdit>(dialog, "field-LANGFUSE_BASE_URL")->text(),
            QStringLiteral("http://langfuse:3000"));
        QCOMPARE(shown(dialog, "source-LOG_LEVEL"), QStringLiteral(".env file"));
        QVERIFY(!childOf<QComboBox>(dialog, "field-LOG_LEVEL")->isEnabled());
        QCOMPARE(childOf<QComboBox>(dialog, "field-LOG_LEVEL")->currentText(), QStringLiteral("warn"));
        QCOMPARE(shown(dialog, "source-HOST"), QStringLiteral("saved here"));
        QVERIFY(childOf<QLineEdit>(dialog, "field-HOST")->isEnabled());
        QCOMPARE(shown(dialog, "source-STORE_MAX_AGE"), QStringLiteral("default"));
        QCOMPARE(childOf<QLineEdit>(dialog, "field-STORE_MAX_AGE")->placeholderText(), QStringLiteral("7d"));
        // Secrets: never in clear, and what the environment holds not at all.
        const auto* own = childOf<QLineEdit>(dialog, "field-LANGFUSE_SECRET_KEY");
        QCOMPARE(own->echoMode(), QLineEdit::Password);
        QCOMPARE(own->text(), QStringLiteral("sk-lf-saved"));
        QCOMPARE(childOf<QLineEdit>(dialog, "field-PROXY_API_KEY")->text(), QString());
        keepPicture(&dialog, QStringLiteral("settings"));
    }

    void namesWhatIsWrongWhileItIsTyped()
    {
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        auto* save = childOf<QPushButton>(dialog, "saveSettings");
        QVERIFY(!save->isEnabled()); // nothing has changed
        for (const auto& [key, wrong, right] :
            std::initializer_list<std::tuple<QByteArray, const char*, const char*>>{{"PORT", "70000", "4000"},
                {"LANGFUSE_BASE_URL", "langfuse", "http://langfuse:3000"}, {"STORE_MAX_AGE", "week", "14d"},
                {"LANGFUSE_SAMPLE_RATE", "2", "0.5"}}) {
            type(dialog, key, wrong);
            const QString problem = shown(dialog, "problem-" + key);
            QVERIFY2(
                problem.contains(QString::fromUtf8(allowedValues(settingNamed(key)))), qPrintable(problem));
            QVERIFY(!save->isEnabled());
            QVERIFY(shown(dialog, "settingsMessage").contains(QLatin1String("1 setting(s)")));
            type(dialog, key, right);
            QCOMPARE(shown(dialog, "problem-" + key), QString());
            QCOMPARE(shown(dialog, "source-" + key), QStringLiteral("saved here"));
            QVERIFY(save->isEnabled());
        }
        keepPicture(&dialog, QStringLiteral("settings-edited"));
    }

    // What only the whole can tell: a pattern that does not compile.
    void namesWhatIsWrongWhenItIsSaved()
    {
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        QSignalSpy saved(&dialog, &SettingsDialog::saved);
        type(dialog, "REDACT_PATTERNS", "(unclosed");
        childOf<QPushButton>(dialog, "saveSettings")->click();
        QCOMPARE(saved.size(), 0);
        QVERIFY(!QFileInfo::exists(m_file));
        QVERIFY2(shown(dialog, "problem-REDACT_PATTERNS").contains(QLatin1String("(unclosed")),
            qPrintable(shown(dialog, "problem-REDACT_PATTERNS")));
        QVERIFY(dialog.isVisible());
    }

    void writesIntoItsOwnFile()
    {
        QDir(m_folder->path()).mkdir(QStringLiteral("config"));
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("# what I noted\nHOST=localhost\nOTHER=kept\nSTORE_MAX_AGE=1d\n");
        file.close();
        m_inputs.saved = parseEnvFile("HOST=localhost\nOTHER=kept\nSTORE_MAX_AGE=1d\n").values;
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        QSignalSpy saved(&dialog, &SettingsDialog::saved);
        type(dialog, "LANGFUSE_SECRET_KEY", "sk-lf 'x' #1");
        type(dialog, "STORE_MAX_AGE", "");
        auto* level = childOf<QComboBox>(dialog, "field-LOG_LEVEL");
        level->setCurrentIndex(level->findText(QStringLiteral("debug")));
        QTest::mouseClick(childOf<QPushButton>(dialog, "saveSettings"), Qt::LeftButton);
        QCOMPARE(saved.size(), 1);
        QVERIFY(!dialog.isVisible());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray content = file.readAll();
        QVERIFY2(content.startsWith("# what I noted\nHOST=localhost\nOTHER=kept\n"), content.constData());
        QCOMPARE(parseEnvFile(content).values,
            (Variables{{"HOST", "localhost"}, {"OTHER", "kept"}, {"LOG_LEVEL", "debug"},
                {"LANGFUSE_SECRET_KEY", "sk-lf 'x' #1"}}));
        QCOMPARE(
            QFileInfo(m_file).permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
        const auto inputs = saved.first().first().value<SettingInputs>();
        QCOMPARE(inputs.saved, parseEnvFile(content).values);
        const auto loaded = saved.first().at(1).value<LoadedConfig>();
        QCOMPARE(loaded.config.langfuseSecretKey.reveal(), "sk-lf 'x' #1");
        QCOMPARE(loaded.config.logLevel, Logging::Level::Debug);
    }

    void saysWhereItCannotSave()
    {
        QFile file(m_folder->filePath(QStringLiteral("config"))); // where a folder would have to be
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        type(dialog, "PORT", "4000");
        childOf<QPushButton>(dialog, "saveSettings")->click();
        QVERIFY(dialog.isVisible());
        QVERIFY2(
            shown(dialog, "settingsMessage").contains(m_file), qPrintable(shown(dialog, "settingsMessage")));
    }

    void findsSettings()
    {
        m_inputs.saved = {{"ADMIN_TOKEN", "findable"}};
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        auto* search = childOf<QLineEdit>(dialog, "settingSearch");
        auto* groups = childOf<QListWidget>(dialog, "settingGroups");
        QTest::keyClicks(search, QStringLiteral("pcre2 regular"));
        QVERIFY(childOf<SettingRow>(dialog, "setting-PORT")->isHidden());
        QVERIFY(!childOf<SettingRow>(dialog, "setting-REDACT_PATTERNS")->isHidden());
        int groupsShown = 0;
        for (int i = 0; i < groups->count(); ++i)
            groupsShown += groups->item(i)->isHidden() ? 0 : 1;
        QCOMPARE(groupsShown, 1);
        search->setText(QStringLiteral("findable")); // a secret is not looked into
        QVERIFY(childOf<SettingRow>(dialog, "setting-ADMIN_TOKEN")->isHidden());
        QVERIFY(!shown(dialog, "nothingFound").isEmpty());
        search->clear();
        groups->setCurrentRow(groups->count() - 1);
        QVERIFY(dialog.findChild<QScrollArea*>()->verticalScrollBar()->value() > 0);
    }

    void asksLangfuseWithWhatIsTyped()
    {
        FakeLangfuse langfuse;
        SettingsDialog dialog(m_inputs, m_file);
        show(&dialog);
        auto* test = childOf<QPushButton>(dialog, "testConnection");
        test->click();
        QTRY_VERIFY(shown(dialog, "connectionResult").contains(QLatin1String("no keys")));
        type(dialog, "LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded().constData());
        type(dialog, "LANGFUSE_PUBLIC_KEY", "pk-lf-1");
        type(dialog, "LANGFUSE_SECRET_KEY", "wrong");
        QTRY_VERIFY(test->isEnabled());
        test->click();
        QTRY_VERIFY(shown(dialog, "connectionResult").contains(QLatin1String("refuses the keys")));
        type(dialog, "LANGFUSE_PUBLIC_KEY", m_publicKey.constData());
        type(dialog, "LANGFUSE_SECRET_KEY", m_secretKey.constData());
        test->click();
        QVERIFY(!test->isEnabled()); // one at a time
        QTRY_VERIFY2(shown(dialog, "connectionResult").contains(QLatin1String("project \"")),
            qPrintable(shown(dialog, "connectionResult")));
        QVERIFY(shown(dialog, "connectionResult").contains(QLatin1String("version")));
        QVERIFY(shown(dialog, "connectionResult").contains(QLatin1String("OTLP")));
        type(dialog, "LANGFUSE_PUBLIC_KEY", "other"); // what it says is of no other keys
        QCOMPARE(shown(dialog, "connectionResult"), QString());
    }

    // Rows that the first engine has recorded stay, and the second one has the other upstream.
    void theProxyStartsAgainWithoutLosingRows()
    {
        const auto answer = [](const ReceivedRequest&) {
            return Answer::json(200, R"({"id":"c","object":"chat.completion","model":"gpt-5","choices":[]})");
        };
        FakeUpstream first(answer);
        FakeUpstream second(answer);
        m_inputs.environment = {{"PORT", "0"}};
        m_inputs.saved = {{"UPSTREAM_BASE_URL", first.url()}};
        EngineSource source(SettingsDraft(m_inputs).load()->config, true);
        RequestListModel model;
        CallFeed feed(&source, &model, 100);
        source.start();
        QCOMPARE(call(source, "one"), 200);
        QTRY_COMPARE(model.rowCount({}), 1);
        SettingsDialog dialog(m_inputs, m_file);
        connect(&dialog, &SettingsDialog::saved, &source,
            [&](const SettingInputs&, const LoadedConfig& loaded) { source.restart(loaded.config); });
        show(&dialog);
        type(dialog, "UPSTREAM_BASE_URL", second.url().constData());
        bool isAnswered = false;
        source.ask("GET", "/api/traces", this, [&](const SourceAnswer&) { isAnswered = true; });
        childOf<QPushButton>(dialog, "saveSettings")->click();
        QCOMPARE(source.status().state, SourceStatus::State::Connecting);
        QTRY_COMPARE_WITH_TIMEOUT(source.status().state, SourceStatus::State::Attached, 10'000);
        QVERIFY(isAnswered); // nobody waits for ever
        QCOMPARE(model.rowCount({}), 1);
        QCOMPARE(call(source, "two"), 200);
        QTRY_COMPARE(model.rowCount({}), 2);
        QCOMPARE(first.requests().size(), 1);
        QCOMPARE(second.requests().size(), 1);

        // In another store are other calls: of those in the first nothing more could be shown.
        Config elsewhere = SettingsDraft(m_inputs).load()->config;
        elsewhere.storePath = m_folder->filePath(QStringLiteral("other.db"));
        source.restart(elsewhere);
        QTRY_COMPARE_WITH_TIMEOUT(source.status().state, SourceStatus::State::Attached, 10'000);
        QTRY_COMPARE(model.rowCount({}), 0);
        QCOMPARE(call(source, "three"), 200);
        QTRY_COMPARE(model.rowCount({}), 1);
    }

private:
    static void show(QWidget* window)
    {
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window));
    }
    static int call(const EngineSource& source, const QByteArray& id)
    {
        RawClient client(quint16(source.status().url.port()));
        const QByteArray body = R"({"model":"gpt-5","messages":[{"role":"user","content":"Hi"}]})";
        if (!client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nX-Request-Id: " + id
                + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body))
            return 0;
        const auto response = client.readResponse();
        return response ? response->status : 0;
    }

    const QByteArray m_publicKey = FakeLangfuseOptions().publicKey;
    const QByteArray m_secretKey = FakeLangfuseOptions().secretKey;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
    SettingInputs m_inputs;
};

REGISTER_TEST(TestSettingsDialog)
#include "tst_settingsdialog.moc"
