// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/configloader.h"
#include "support/testprogram.h"

#include "config/settings.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestConfigLoader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesDefaults();
    void strongerSourcesWin_data();
    void strongerSourcesWin();
    void emptyValuesAreAbsent();
    void emptyFlagsTakeAway();
    void readsAliases_data();
    void readsAliases();
    void readsEverySetting();
    void refusesBadValues_data();
    void refusesBadValues();
    void aBadValueOfAWeakerSourceDoesNotMatter();
    void neverShowsSecrets_data();
    void neverShowsSecrets();
    void errorsAreOneLine();
    void deliveryNeedsBothKeysAndTracing();
    void choosesTheStorePath();
#ifdef Q_OS_UNIX
    void findsTheStateDirectory();
#endif
};

void TestConfigLoader::givesDefaults()
{
    const Result<LoadedConfig> loaded = loadConfig({});
    QVERIFY(loaded);
    const Config& config = loaded->config;
    QCOMPARE(config.host, u"127.0.0.1"_s);
    QCOMPARE(config.port, 3000);
    QVERIFY(config.logFormat == Logging::Format::Text);
    QVERIFY(config.logLevel == Logging::Level::Info);
    QCOMPARE(config.openaiBaseUrl, QUrl(u"https://api.openai.com"_s));
    QCOMPARE(config.proxyTimeout, 300s);
    QCOMPARE(config.maxBodyBytes, qint64(256) << 20);
    QCOMPARE(config.telemetryMaxBodyBytes, 1048576);
    QCOMPARE(config.anthropicVersion, "2023-06-01"_ba);
    QVERIFY(!config.upstreamHttp2);
    QVERIFY(config.proxyApiKey.isEmpty());
    QVERIFY(!config.isDeliveryEnabled());
    QCOMPARE(loaded->sources.size(), settingsTable().size());
    for (const SettingSource source : loaded->sources)
        QVERIFY(source == SettingSource::Default);
}

void TestConfigLoader::strongerSourcesWin_data()
{
    QTest::addColumn<QByteArray>("flag");
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<QByteArray>("envFile");
    QTest::addColumn<int>("port");
    QTest::addColumn<SettingSource>("source");
    const QByteArray none;
    QTest::newRow("none") << none << none << none << 3000 << SettingSource::Default;
    QTest::newRow("file") << none << none << "4"_ba << 4 << SettingSource::EnvFile;
    QTest::newRow("environment") << none << "3"_ba << none << 3 << SettingSource::Environment;
    QTest::newRow("flag") << "2"_ba << none << none << 2 << SettingSource::Flag;
    QTest::newRow("environment, file") << none << "3"_ba
                                       << "4"_ba << 3 << SettingSource::Environment;
    QTest::newRow("flag, file") << "2"_ba << none << "4"_ba << 2 << SettingSource::Flag;
    QTest::newRow("flag, environment") << "2"_ba
                                       << "3"_ba << none << 2 << SettingSource::Flag;
    QTest::newRow("all") << "2"_ba
                         << "3"_ba
                         << "4"_ba << 2 << SettingSource::Flag;
}

void TestConfigLoader::strongerSourcesWin()
{
    QFETCH(QByteArray, flag);
    QFETCH(QByteArray, environment);
    QFETCH(QByteArray, envFile);
    QFETCH(int, port);
    QFETCH(SettingSource, source);
    SettingInputs inputs;
    const auto put = [](QHash<QByteArray, QByteArray>* values, const QByteArray& value) {
        if (!value.isNull())
            values->insert("PORT", value);
    };
    put(&inputs.flags, flag);
    put(&inputs.environment, environment);
    put(&inputs.envFile, envFile);
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(loaded);
    QCOMPARE(loaded->config.port, port);
    QVERIFY(loaded->sources.value("PORT") == source);
}

void TestConfigLoader::emptyValuesAreAbsent()
{
    SettingInputs inputs;
    inputs.environment = {{"PORT", ""}, {"LANGFUSE_BASE_URL", ""}, {"LOG_LEVEL", ""}};
    inputs.envFile = {{"PORT", "4000"}, {"LANGFUSE_HOST", "http://lf"}};
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(loaded);
    QCOMPARE(loaded->config.port, 4000);
    QCOMPARE(loaded->config.langfuseBaseUrl, QUrl(u"http://lf"_s));
    QVERIFY(loaded->sources.value("LOG_LEVEL") == SettingSource::Default);
}

void TestConfigLoader::emptyFlagsTakeAway()
{
    SettingInputs inputs;
    inputs.flags = {{"LANGFUSE_PUBLIC_KEY", ""}};
    inputs.environment = {{"LANGFUSE_PUBLIC_KEY", "pk"}, {"LANGFUSE_SECRET_KEY", "sk"}};
    QVERIFY(!loadConfig(inputs)->config.isDeliveryEnabled());
    inputs.flags = {{"PORT", ""}}; // `--port "$UNSET"` is no wish for the default
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(!loaded);
    QVERIFY2(loaded.error().message.startsWith(u"PORT: \"\" (from the command line) is not allowed"),
        qPrintable(loaded.error().message));
}

void TestConfigLoader::readsAliases_data()
{
    using Values = QHash<QByteArray, QByteArray>;
    QTest::addColumn<Values>("environment");
    QTest::addColumn<Values>("envFile");
    QTest::addColumn<QString>("host");
    QTest::newRow("first alias") << Values{{"LANGFUSE_HOST", "http://b"}} << Values() << u"b"_s;
    QTest::newRow("second alias") << Values{{"LANGFUSE_BASEURL", "http://c"}} << Values() << u"c"_s;
    QTest::newRow("the key wins") << Values{{"LANGFUSE_BASEURL", "http://c"}, {"LANGFUSE_HOST", "http://b"},
        {"LANGFUSE_BASE_URL", "http://a"}}
                                  << Values() << u"a"_s;
    QTest::newRow("the first alias wins")
        << Values{{"LANGFUSE_BASEURL", "http://c"}, {"LANGFUSE_HOST", "http://b"}} << Values() << u"b"_s;
    QTest::newRow("an empty key does not hide its alias")
        << Values{{"LANGFUSE_BASE_URL", ""}, {"LANGFUSE_HOST", "http://b"}} << Values() << u"b"_s;
    QTest::newRow("an alias in the environment beats the key in the file")
        << Values{{"LANGFUSE_HOST", "http://b"}} << Values{{"LANGFUSE_BASE_URL", "http://a"}} << u"b"_s;
}

void TestConfigLoader::readsAliases()
{
    using Values = QHash<QByteArray, QByteArray>;
    QFETCH(Values, environment);
    QFETCH(Values, envFile);
    QFETCH(QString, host);
    const Result<LoadedConfig> loaded = loadConfig(
        {.flags = {}, .environment = environment, .envFile = envFile, .saved = {}, .defaultStorePath = {}});
    QVERIFY(loaded);
    QCOMPARE(loaded->config.langfuseBaseUrl.host(), host);
}

void TestConfigLoader::readsEverySetting()
{
    SettingInputs inputs;
    inputs.environment = {{"NODE_ENV", "production"}, {"LOG_LEVEL", "silent"}, {"HOST", "::1"}, {"PORT", "0"},
        {"PROXY_API_KEY", "proxy-key"}, {"ADMIN_TOKEN", "admin-token"}, {"ADMIN_HOSTS", "A.lan, [fd00::1]"},
        {"UPSTREAM_BASE_URL", "http://o/x"}, {"UPSTREAM_API_KEY", "o-key"},
        {"ANTHROPIC_BASE_URL", "http://a/y"}, {"ANTHROPIC_API_KEY", "a-key"},
        {"ANTHROPIC_VERSION", "2030-01-01"}, {"GEMINI_BASE_URL", "http://g/z"}, {"GEMINI_API_KEY", "g-key"},
        {"UPSTREAM_HTTP2", "on"}, {"PROXY_TIMEOUT_MS", "1"}, {"HEADER_TIMEOUT_MS", "2"},
        {"IDLE_TIMEOUT_MS", "3"}, {"SHUTDOWN_TIMEOUT_MS", "4"}, {"MAX_BODY_BYTES", "5K"},
        {"STORE_PATH", ":memory:"}, {"STORE_MAX_BYTES", "7M"}, {"STORE_MAX_AGE", "36h"},
        {"TELEMETRY_MAX_BODY_BYTES", "6"}, {"LANGFUSE_BASE_URL", "http://l"}, {"LANGFUSE_PUBLIC_KEY", "pk"},
        {"LANGFUSE_SECRET_KEY", "sk"}, {"LANGFUSE_TRACING_ENVIRONMENT", "staging"},
        {"LANGFUSE_RELEASE", "r1"}, {"TELEMETRY_CONTENT", "metadata"}, {"REDACT", "email, ip,"},
        {"REDACT_PATTERNS", "a b"}, {"REDACT_JSON_PATHS", "c,d"}, {"PRICES_FILE", "p.json"},
        {"LANGFUSE_TRACING_ENABLED", "True"}, {"LANGFUSE_SAMPLE_RATE", "0.25"}, {"LANGFUSE_FLUSH_AT", "15"},
        {"LANGFUSE_FLUSH_INTERVAL", "1.5"}, {"LANGFUSE_TIMEOUT", "5"}, {"LANGFUSE_INGESTION", "legacy"},
        {"LANGFUSE_MEDIA_UPLOAD_ENABLED", "false"}};
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(loaded);
    const Config& config = loaded->config;
    QVERIFY(config.logFormat == Logging::Format::Json);
    QVERIFY(config.logLevel == Logging::Level::Silent);
    QCOMPARE(config.host, u"::1"_s);
    QCOMPARE(config.port, 0);
    QVERIFY(config.proxyApiKey.matches("proxy-key"));
    QVERIFY(config.adminToken.matches("admin-token"));
    QCOMPARE(config.adminHosts, QList<QByteArray>({"a.lan", "[fd00::1]"}));
    QCOMPARE(config.openaiBaseUrl, QUrl(u"http://o/x"_s));
    QVERIFY(config.openaiApiKey.matches("o-key"));
    QCOMPARE(config.anthropicBaseUrl, QUrl(u"http://a/y"_s));
    QVERIFY(config.anthropicApiKey.matches("a-key"));
    QCOMPARE(config.anthropicVersion, "2030-01-01"_ba);
    QCOMPARE(config.geminiBaseUrl, QUrl(u"http://g/z"_s));
    QVERIFY(config.geminiApiKey.matches("g-key"));
    QVERIFY(config.upstreamHttp2);
    QCOMPARE(config.proxyTimeout, 1ms);
    QCOMPARE(config.headerTimeout, 2ms);
    QCOMPARE(config.idleTimeout, 3ms);
    QCOMPARE(config.shutdownTimeout, 4ms);
    QCOMPARE(config.maxBodyBytes, 5120);
    QCOMPARE(config.storePath, u":memory:"_s);
    QCOMPARE(config.storeMaxBytes, 7 << 20);
    QCOMPARE(config.storeMaxAge, 36h);
    QCOMPARE(config.telemetryMaxBodyBytes, 6);
    QCOMPARE(config.langfuseBaseUrl, QUrl(u"http://l"_s));
    QCOMPARE(config.langfusePublicKey, "pk"_ba);
    QVERIFY(config.langfuseSecretKey.matches("sk"));
    QCOMPARE(config.langfuseEnvironment, "staging"_ba);
    QCOMPARE(config.langfuseRelease, "r1"_ba);
    QVERIFY(!config.keepsContent);
    QCOMPARE(config.redactDetectors, (QList<QByteArray>{"email", "ip"}));
    QCOMPARE(config.redactPatterns, "a b"_ba);
    QCOMPARE(config.redactJsonPaths, "c,d"_ba);
    QCOMPARE(config.pricesFile, u"p.json"_s);
    QVERIFY(config.langfuseTracingEnabled);
    QCOMPARE(config.langfuseSampleRate, 0.25);
    QCOMPARE(config.langfuseFlushAt, 15);
    QCOMPARE(config.langfuseFlushInterval, 1500ms);
    QCOMPARE(config.langfuseTimeout, 5s);
    QVERIFY(config.langfuseIngestion == IngestionMode::Legacy);
    QVERIFY(!config.langfuseMediaUploadEnabled);
    QVERIFY(config.isDeliveryEnabled());
    // Nothing in the table was forgotten above.
    for (const Setting& setting : settingsTable())
        QVERIFY2(loaded->sources.value(setting.key) == SettingSource::Environment, setting.key.constData());
}

void TestConfigLoader::refusesBadValues_data()
{
    QTest::addColumn<SettingInputs>("inputs");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("message");
    SettingInputs inputs;
    inputs.flags = {{"PORT", "70000"}};
    QTest::newRow("flag") << inputs << u"PORT"_s
                          << u"PORT: \"70000\" (from the command line) is not allowed; "
                             "allowed: a number from 0 to 65535"_s;
    inputs = {};
    inputs.environment = {{"LOG_LEVEL", "loud"}};
    QTest::newRow("environment") << inputs << u"LOG_LEVEL"_s
                                 << u"LOG_LEVEL: \"loud\" (from the environment) is not allowed; "
                                    "allowed: debug, info, warn, error or silent"_s;
    inputs = {};
    inputs.envFile = {{"UPSTREAM_HTTP2", "%1 %2"}};
    QTest::newRow("file") << inputs << u"UPSTREAM_HTTP2"_s
                          << u"UPSTREAM_HTTP2: \"%1 %2\" (from the .env file) is not allowed; "
                             "allowed: on or off"_s;
    inputs = {};
    inputs.environment = {{"LANGFUSE_HOST", "cloud.langfuse.com"}};
    QTest::newRow("alias") << inputs << u"LANGFUSE_BASE_URL"_s
                           << u"LANGFUSE_HOST: \"cloud.langfuse.com\" (from the environment) is not allowed; "
                              "allowed: an http:// or https:// URL without credentials, query or fragment"_s;
}

void TestConfigLoader::refusesBadValues()
{
    QFETCH(SettingInputs, inputs);
    QFETCH(QString, key);
    QFETCH(QString, message);
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::InvalidConfig);
    QCOMPARE(loaded.error().subject, key);
    QCOMPARE(loaded.error().message, message);
}

void TestConfigLoader::aBadValueOfAWeakerSourceDoesNotMatter()
{
    SettingInputs inputs;
    inputs.flags = {{"PORT", "1"}};
    inputs.envFile = {{"PORT", "x"}};
    QVERIFY(loadConfig(inputs));
}

void TestConfigLoader::neverShowsSecrets_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("shown");
    const QString hidden = u"the value (not shown)"_s;
    for (const char* key : {"PROXY_API_KEY", "ADMIN_TOKEN", "UPSTREAM_API_KEY", "ANTHROPIC_API_KEY",
             "GEMINI_API_KEY", "LANGFUSE_SECRET_KEY"})
        QTest::newRow(key) << QByteArray(key) << "hunter2\n"_ba << hidden;
    const QByteArray url = "UPSTREAM_BASE_URL"_ba;
    QTest::newRow("password") << url << "https://me:hunter2@host/path"_ba << u"\"https://***@host/path\""_s;
    QTest::newRow("user") << url << "https://hunter2@host"_ba << u"\"https://***@host\""_s;
    QTest::newRow("at sign in the password")
        << url << "https://me:x@hunter2@host"_ba << u"\"https://***@host\""_s;
    QTest::newRow("mark in the password")
        << url << "https://me:x?hunter2@host"_ba << u"\"https://***@host\""_s;
    QTest::newRow("no scheme") << url << "me:hunter2@host"_ba << u"\"***@host\""_s;
    QTest::newRow("query") << url << "https://host/?key=hunter2"_ba << u"\"https://host/?***\""_s;
    QTest::newRow("fragment") << url << "https://host/#hunter2"_ba << u"\"https://host/#***\""_s;
    QTest::newRow("both") << url << "https://a:hunter2@host?key=hunter2"_ba << u"\"https://***@host?***\""_s;
}

void TestConfigLoader::neverShowsSecrets()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QString, shown);
    SettingInputs inputs;
    inputs.environment = {{key, value}};
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(!loaded);
    QVERIFY(!loaded.error().message.contains(u"hunter2"));
    QVERIFY(!loaded.error().subject.contains(u"hunter2"));
    QVERIFY2(loaded.error().message.contains(shown), qPrintable(loaded.error().message));
}

void TestConfigLoader::errorsAreOneLine()
{
    SettingInputs inputs;
    inputs.envFile = {{"LOG_LEVEL", "in\nfo\r\x1b[31m" + QByteArray(5000, 'x')}};
    const Result<LoadedConfig> loaded = loadConfig(inputs);
    QVERIFY(!loaded);
    const QString message = loaded.error().message;
    for (const QChar c : message)
        QVERIFY(c.category() != QChar::Other_Control);
    QVERIFY(message.size() < 400);
    QVERIFY(message.contains(u"x...\""));
}

void TestConfigLoader::deliveryNeedsBothKeysAndTracing()
{
    const auto isEnabled = [](const QHash<QByteArray, QByteArray>& environment) {
        SettingInputs inputs;
        inputs.environment = environment;
        return loadConfig(inputs)->config.isDeliveryEnabled();
    };
    QVERIFY(!isEnabled({}));
    QVERIFY(!isEnabled({{"LANGFUSE_PUBLIC_KEY", "pk"}}));
    QVERIFY(!isEnabled({{"LANGFUSE_SECRET_KEY", "sk"}}));
    QVERIFY(isEnabled({{"LANGFUSE_PUBLIC_KEY", "pk"}, {"LANGFUSE_SECRET_KEY", "sk"}}));
    QVERIFY(!isEnabled({{"LANGFUSE_PUBLIC_KEY", "pk"}, {"LANGFUSE_SECRET_KEY", "sk"},
        {"LANGFUSE_TRACING_ENABLED", "False"}})); // as Python writes it
}

void TestConfigLoader::choosesTheStorePath()
{
    SettingInputs inputs;
    inputs.defaultStorePath = u"/state/traces.db"_s;
    QCOMPARE(loadConfig(inputs)->config.storePath, u"/state/traces.db"_s);
    inputs.environment = {{"STORE_PATH", "/data/h\xc3\xa9.db"}};
    QCOMPARE(loadConfig(inputs)->config.storePath, u"/data/h\u00e9.db"_s);
}

#ifdef Q_OS_UNIX
void TestConfigLoader::findsTheStateDirectory()
{
    const QByteArray before = qgetenv("XDG_STATE_HOME");
    const QString atHome = QDir::homePath() + u"/.local/state/langfuse-proxy/traces.db"_s;
    qputenv("XDG_STATE_HOME", "/var/state");
    QCOMPARE(defaultStorePath(), u"/var/state/langfuse-proxy/traces.db"_s);
    qputenv("XDG_STATE_HOME", "relative");
    QCOMPARE(defaultStorePath(), atHome);
    qputenv("XDG_STATE_HOME", "");
    QCOMPARE(defaultStorePath(), atHome);
    qunsetenv("XDG_STATE_HOME");
    QCOMPARE(defaultStorePath(), atHome);
    if (!before.isNull())
        qputenv("XDG_STATE_HOME", before);
}
#endif

REGISTER_TEST(TestConfigLoader)
#include "tst_configloader.moc"
