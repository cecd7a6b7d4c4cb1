// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settings.h"
#include "support/testprogram.h"

#include "config/envfile.h"
#include "config/settingsrendering.h"

#include <QFile>
#include <QSet>

using namespace Qt::StringLiterals;

class TestSettings final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasEveryPromisedSetting_data();
    void hasEveryPromisedSetting();
    void isComplete();
    void hasUniqueNames();
    void allowsItsOwnDefaults();
    void derivesFlags_data();
    void derivesFlags();
    void checksValues_data();
    void checksValues();
    void readsByteSuffixes_data();
    void readsByteSuffixes();
    void saysWhatIsAllowed();
    void envExampleIsUpToDate();
    void envExampleChangesNothing();
    void rendersAMarkdownRowASetting();
};

namespace {

const Setting* settingOf(const QByteArray& key)
{
    for (const Setting& setting : settingsTable()) {
        if (setting.key == key)
            return &setting;
    }
    return nullptr;
}

} // namespace

void TestSettings::hasEveryPromisedSetting_data()
{
    QTest::addColumn<QByteArray>("fallback");
    // The predecessor's names and defaults: its .env files must go on working.
    QTest::newRow("NODE_ENV") << "development"_ba;
    QTest::newRow("PORT") << "3000"_ba;
    QTest::newRow("LOG_LEVEL") << "info"_ba;
    QTest::newRow("UPSTREAM_BASE_URL") << "https://api.openai.com"_ba;
    QTest::newRow("UPSTREAM_API_KEY") << ""_ba;
    QTest::newRow("PROXY_API_KEY") << ""_ba;
    QTest::newRow("PROXY_TIMEOUT_MS") << "300000"_ba;
    QTest::newRow("TELEMETRY_MAX_BODY_BYTES") << "1048576"_ba;
    QTest::newRow("ANTHROPIC_BASE_URL") << "https://api.anthropic.com"_ba;
    QTest::newRow("ANTHROPIC_API_KEY") << ""_ba;
    QTest::newRow("ANTHROPIC_VERSION") << "2023-06-01"_ba;
    QTest::newRow("GEMINI_BASE_URL") << "https://generativelanguage.googleapis.com"_ba;
    QTest::newRow("GEMINI_API_KEY") << ""_ba;
    QTest::newRow("LANGFUSE_BASE_URL") << "https://cloud.langfuse.com"_ba;
    QTest::newRow("LANGFUSE_PUBLIC_KEY") << ""_ba;
    QTest::newRow("LANGFUSE_SECRET_KEY") << ""_ba;
    // Ours.
    QTest::newRow("HOST") << "127.0.0.1"_ba;
    QTest::newRow("ADMIN_TOKEN") << ""_ba;
    QTest::newRow("ADMIN_HOSTS") << ""_ba;
    QTest::newRow("STORE_PATH") << ""_ba;
    QTest::newRow("STORE_MAX_BYTES") << "1G"_ba;
    QTest::newRow("STORE_MAX_AGE") << "7d"_ba;
    QTest::newRow("MAX_BODY_BYTES") << "256M"_ba;
    QTest::newRow("HEADER_TIMEOUT_MS") << "30000"_ba;
    QTest::newRow("IDLE_TIMEOUT_MS") << "120000"_ba;
    QTest::newRow("SHUTDOWN_TIMEOUT_MS") << "30000"_ba;
    QTest::newRow("UPSTREAM_HTTP2") << "off"_ba;
    QTest::newRow("LANGFUSE_TRACING_ENVIRONMENT") << ""_ba;
    QTest::newRow("LANGFUSE_RELEASE") << ""_ba;
    QTest::newRow("LANGFUSE_TRACING_ENABLED") << "on"_ba;
    QTest::newRow("LANGFUSE_SAMPLE_RATE") << "1"_ba;
    QTest::newRow("LANGFUSE_FLUSH_AT") << "256"_ba;
    QTest::newRow("LANGFUSE_FLUSH_INTERVAL") << "0.25"_ba;
    QTest::newRow("LANGFUSE_TIMEOUT") << "20"_ba;
    QTest::newRow("LANGFUSE_INGESTION") << "auto"_ba;
    QTest::newRow("TELEMETRY_CONTENT") << "full"_ba;
    QTest::newRow("REDACT") << ""_ba;
    QTest::newRow("REDACT_PATTERNS") << ""_ba;
    QTest::newRow("REDACT_JSON_PATHS") << ""_ba;
    QTest::newRow("PRICES_FILE") << ""_ba;
    QTest::newRow("LANGFUSE_MEDIA_UPLOAD_ENABLED") << "on"_ba;
}

void TestSettings::hasEveryPromisedSetting()
{
    QFETCH(QByteArray, fallback);
    const Setting* setting = settingOf(QTest::currentDataTag());
    QVERIFY(setting);
    QCOMPARE(setting->defaultText, fallback);
}

void TestSettings::isComplete()
{
    for (const Setting& setting : settingsTable()) {
        QVERIFY2(setting.store, setting.key.constData());
        QVERIFY2(setting.help.endsWith('.'), setting.key.constData());
        QVERIFY2(!setting.help.contains('|') && !setting.help.contains('\n'), setting.key.constData());
        const bool choosesWords = setting.kind == SettingKind::Choice || setting.kind == SettingKind::Words;
        QCOMPARE(choosesWords, !setting.choices.isEmpty());
        // What looks like a credential is one.
        const bool isCredential = setting.key.endsWith("_API_KEY") || setting.key.endsWith("_TOKEN")
            || setting.key.contains("SECRET");
        QCOMPARE(setting.kind == SettingKind::Secret, isCredential);
    }
}

void TestSettings::hasUniqueNames()
{
    QSet<QByteArray> names;
    for (const Setting& setting : settingsTable()) {
        for (const QByteArray& name : QList<QByteArray>{setting.key} + setting.aliases) {
            QVERIFY2(!names.contains(name), name.constData());
            names.insert(name);
        }
    }
    QVERIFY(names.contains("LANGFUSE_HOST"));
    QVERIFY(names.contains("LANGFUSE_BASEURL"));
}

void TestSettings::allowsItsOwnDefaults()
{
    for (const Setting& setting : settingsTable())
        QVERIFY2(setting.defaultText.isEmpty() || isAllowed(setting, setting.defaultText),
            setting.key.constData());
}

void TestSettings::derivesFlags_data()
{
    QTest::addColumn<QByteArray>("flag");
    QTest::newRow("PORT") << "--port"_ba;
    QTest::newRow("MAX_BODY_BYTES") << "--max-body-bytes"_ba;
    QTest::newRow("UPSTREAM_HTTP2") << "--upstream-http2"_ba;
    QTest::newRow("LANGFUSE_PUBLIC_KEY") << "--langfuse-public-key"_ba;
    QTest::newRow("LANGFUSE_SECRET_KEY") << ""_ba; // a flag would stand in the process list
    QTest::newRow("PROXY_API_KEY") << ""_ba;
}

void TestSettings::derivesFlags()
{
    QFETCH(QByteArray, flag);
    QCOMPARE(flagName(*settingOf(QTest::currentDataTag())), flag);
}

void TestSettings::checksValues_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("allowed");
    const auto add = [](const char* key, bool allowed, const QList<QByteArray>& texts) {
        for (const QByteArray& text : texts)
            QTest::addRow("%s=%s", key, text.toPercentEncoding().constData())
                << QByteArray(key) << text << allowed;
    };
    add("PORT", true, {"0", "1", "3000", "65535", "080"});
    add("PORT", false, {"65536", "-1", "+1", "x", " 80", "80 ", "8.0", "0x50", "99999999999999999999"});
    add("HOST", true, {"127.0.0.1", "0.0.0.0", "localhost", "::", "::1", "fe80::1%eth0", "::ffff:10.0.0.1"});
    add("HOST", false,
        {"example.com", "127.0.0.1:80", "127.0.0", "127.0.0.256", "0177.0.0.1", "1.2.3.4.5", "[::1]",
            ":::", "::1]:80/[::1", "http://127.0.0.1", "*", " ::1", "12345::"});
    add("PROXY_TIMEOUT_MS", true, {"1", "300000", "86400000"});
    add("PROXY_TIMEOUT_MS", false, {"0", "86400001", "-5", "1e3", "5s", "1.5", "99999999999999999999"});
    add("STORE_MAX_AGE", true, {"1s", "90m", "12h", "7d", "3650d"});
    add("STORE_MAX_AGE", false,
        {"0s", "7", "d", "-1d", "1.5h", "7 d", "7w", "3651d", "7D", "99999999999999999999s"});
    add("UPSTREAM_HTTP2", true, {"on", "off", "true", "false", "1", "0", "True", "FALSE", "On"});
    add("UPSTREAM_HTTP2", false, {"yes", "2", "ON ", "onn"});
    add("LOG_LEVEL", true, {"debug", "info", "warn", "error", "silent"});
    add("LOG_LEVEL", false, {"verbose", "warning", "info ", "Info"});
    add("NODE_ENV", true, {"development", "production"});
    add("NODE_ENV", false, {"prod", "test"});
    add("UPSTREAM_BASE_URL", true,
        {"https://api.openai.com", "http://127.0.0.1:8080", "http://[::1]:80/", "https://a/v1/prefix/",
            "HTTPS://A", "https://a/x%2Fy", "https://a/@cf/b"});
    add("UPSTREAM_BASE_URL", false,
        {"api.openai.com", "ftp://a", "file:///etc/passwd", "https://", "https:///v1", "https:a", "//a",
            "https://user@a", "https://user:pw@a", "https://:pw@a", "https://a?x=1", "https://a?",
            "https://a#f", "https://a:99999", "https://a:0", " https://a", "https://a ", "https://a\n",
            "https://a b", "https://a/b c", "https://a/%zz"});
    add("PROXY_API_KEY", true, {"sk-abc", "with space", "\xc3\xa9"});
    add("PROXY_API_KEY", false, {"a\nb", "a\r", "a\tb", "a\x7f", "a\0b"_ba});
    add("LANGFUSE_SAMPLE_RATE", true, {"0", "1", "0.5", "1.0", ".25", "0.000001"});
    add("LANGFUSE_SAMPLE_RATE", false,
        {"1.01", "-0.1", "50%", "1e-1", "0,5", ".", "1.2.3", "half", "nan", "inf"});
    add("LANGFUSE_FLUSH_INTERVAL", true, {"0.25", "10", "0.001", "86400"});
    add("LANGFUSE_FLUSH_INTERVAL", false, {"0", "0.0001", "86401", "-1", "10s", "5 ", "1e3"});
    add("LANGFUSE_FLUSH_AT", true, {"1", "15", "10000"});
    add("LANGFUSE_FLUSH_AT", false, {"0", "10001", "1.5", "-1", "all"});
    // Langfuse's SDKs: ^(?!langfuse)[a-z0-9_-]+$, at most 40.
    add("LANGFUSE_TRACING_ENVIRONMENT", true, {"production", "eu-1_blue", QByteArray(40, 'e')});
    add("LANGFUSE_TRACING_ENVIRONMENT", false,
        {"Staging", "langfuse-test", "langfuse", "my env", "a.b", "\xc3\xa9", QByteArray(41, 'e')});
    add("LANGFUSE_INGESTION", true, {"auto", "otlp", "legacy"});
    add("LANGFUSE_INGESTION", false, {"OTLP", "http", "v3"});
    add("ADMIN_HOSTS", true, {"proxy.lan", "a, B-2.c_d,[fd00::1]", "10.0.0.1"});
    add("ADMIN_HOSTS", false, {"proxy.lan:3000", "http://a", "a b", "fd00::1", "[fd00", "*", "a/b"});
    add("HOST", true, {"::", "0.0.0.0", "localhost"});
    add("HOST", false, {"local\nhost"});
}

void TestSettings::checksValues()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, text);
    QFETCH(bool, allowed);
    QCOMPARE(isAllowed(*settingOf(key), text), allowed);
}

void TestSettings::readsByteSuffixes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("bytes"); // -1: refused
    QTest::newRow("plain") << "1048576"_ba << qint64(1048576);
    QTest::newRow("one") << "1"_ba << qint64(1);
    QTest::newRow("K") << "64K"_ba << qint64(65536);
    QTest::newRow("M") << "256M"_ba << qint64(268435456);
    QTest::newRow("G") << "2G"_ba << qint64(2147483648);
    QTest::newRow("KiB") << "3KiB"_ba << qint64(3072);
    QTest::newRow("MiB") << "256MiB"_ba << qint64(268435456);
    QTest::newRow("GiB") << "1GiB"_ba << qint64(1073741824);
    QTest::newRow("largest") << "1024G"_ba << (qint64(1) << 40);
    QTest::newRow("largest, plain") << "1099511627776"_ba << (qint64(1) << 40);
    for (const char* bad :
        {"0", "0K", "-1", "1025G", "1099511627777", "9223372036854775807G", "K", "KiB", "iB", "5iB", "5B",
            "5KB", "5k", "5 M", "1.5M", "5KK", "5KM", "5KiBiB", "5KiBM", "5TiB", "M5", "x"})
        QTest::newRow(bad) << QByteArray(bad) << qint64(-1);
}

void TestSettings::readsByteSuffixes()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, bytes);
    const Setting* setting = settingOf("MAX_BODY_BYTES");
    QCOMPARE(isAllowed(*setting, text), bytes >= 0);
    if (bytes < 0)
        return;
    Config config;
    setting->store(&config, text);
    QCOMPARE(config.maxBodyBytes, bytes);
}

void TestSettings::saysWhatIsAllowed()
{
    QCOMPARE(allowedValues(*settingOf("PORT")), "a number from 0 to 65535"_ba);
    QCOMPARE(allowedValues(*settingOf("UPSTREAM_HTTP2")), "on or off"_ba);
    QCOMPARE(allowedValues(*settingOf("NODE_ENV")), "development or production"_ba);
    QCOMPARE(allowedValues(*settingOf("LOG_LEVEL")), "debug, info, warn, error or silent"_ba);
    QCOMPARE(allowedValues(*settingOf("LANGFUSE_TIMEOUT")), "a number of seconds from 0.001 to 86400"_ba);
    QCOMPARE(allowedValues(*settingOf("LANGFUSE_SAMPLE_RATE")), "a number from 0 to 1, e.g. 0.25"_ba);
    for (const Setting& setting : settingsTable())
        QVERIFY(!allowedValues(setting).isEmpty());
}

// With UPDATE_RENDERED_FILES set in the environment the file is written instead.
void TestSettings::envExampleIsUpToDate()
{
    QFile file(QStringLiteral(SOURCE_DIR "/resources/.env.example"));
    if (qEnvironmentVariableIsSet("UPDATE_RENDERED_FILES")) {
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(renderEnvExample()), renderEnvExample().size());
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), QString::fromUtf8(renderEnvExample()));
}

void TestSettings::envExampleChangesNothing()
{
    const EnvFile copied = parseEnvFile(renderEnvExample());
    QVERIFY(copied.values.isEmpty());
    QVERIFY(copied.ignoredLines.isEmpty());

    // With every comment sign before a name removed it holds each setting with its default.
    QByteArray uncommented;
    for (const QByteArray& line : renderEnvExample().split('\n'))
        uncommented += (line.startsWith('#') && !line.startsWith("# ") ? line.sliced(1) : line) + '\n';
    const EnvFile all = parseEnvFile(uncommented);
    QCOMPARE(all.values.size(), settingsTable().size());
    for (const Setting& setting : settingsTable())
        QCOMPARE(all.values.value(setting.key, "absent"), setting.defaultText);
}

void TestSettings::rendersAMarkdownRowASetting()
{
    const QByteArray table = renderMarkdownTable();
    const QList<QByteArray> lines = table.trimmed().split('\n');
    QCOMPARE(lines.size(), settingsTable().size() + 2);
    for (const QByteArray& line : lines)
        QVERIFY2(line.count('|') == 4, line.constData());
    QVERIFY(table.contains("| `PORT` | `3000` | "));
    QVERIFY(table.contains("| `LANGFUSE_BASE_URL`, `LANGFUSE_HOST`, `LANGFUSE_BASEURL` | "));
    QVERIFY(table.contains(" Allowed: on or off. |\n"));
}

REGISTER_TEST(TestSettings)
#include "tst_settings.moc"
