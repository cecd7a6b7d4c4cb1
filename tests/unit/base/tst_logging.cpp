// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"
#include "support/testprogram.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>

#include <cstdio>
#include <functional>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace Logging;

namespace {

constexpr qint64 someTimeMs = 1'767'225'600'123; // 2026-01-01T00:00:00.123Z

QByteArray jsonLine(QByteArrayView message, const QList<Field>& fields = {})
{
    return formatLine(Format::Json, Level::Info, "request", message, fields, someTimeMs);
}

QByteArray textLine(QByteArrayView message, const QList<Field>& fields = {})
{
    return formatLine(Format::Text, Level::Info, "request", message, fields, someTimeMs);
}

QJsonObject parsed(const QByteArray& line)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("not JSON: %s: %s", qPrintable(error.errorString()), line.constData());
    return document.object();
}

#ifdef Q_OS_UNIX
/// What `work` writes to stderr, with Logging installed; the test's own handler is put back.
QByteArray stderrOf(Level level, Format format, const std::function<void()>& work)
{
    QTemporaryFile file;
    if (!file.open())
        return "cannot open a temporary file";
    const QtMessageHandler testHandler = qInstallMessageHandler(nullptr);
    const int realStderr = dup(STDERR_FILENO);
    dup2(file.handle(), STDERR_FILENO);
    install(level, format);
    work();
    std::fflush(stderr);
    dup2(realStderr, STDERR_FILENO);
    close(realStderr);
    qInstallMessageHandler(testHandler);
    QLoggingCategory::setFilterRules(QString());
    file.seek(0);
    return file.readAll();
}
#endif

} // namespace

class TestLogging final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesTextLines();
    void writesJsonLines();
    void namesEveryLevel_data();
    void namesEveryLevel();
    void jsonKeepsText_data();
    void jsonKeepsText();
    void jsonStaysJsonWithInvalidUtf8_data();
    void jsonStaysJsonWithInvalidUtf8();
    void jsonStaysJsonWithoutANumber();
    void textCannotForgeLines();
#ifdef Q_OS_UNIX
    void filtersByLevel_data();
    void filtersByLevel();
    void showsDebugLinesOfOurCategoriesOnly();
    void writesQtMessages();
#endif
};

void TestLogging::writesTextLines()
{
    const QByteArray line = textLine("POST /v1/messages", {{"status", "200", true}, {"model", "claude"}});
    // The time is local: compare what follows it.
    QCOMPARE(line.mid(line.indexOf(' ')), " info  POST /v1/messages  status=200  model=claude\n"_ba);
    QVERIFY(line.left(line.indexOf(' ')).endsWith(".123"));
}

void TestLogging::writesJsonLines()
{
    QCOMPARE(jsonLine("POST /v1/messages", {{"status", "200", true}, {"model", "claude"}}),
        "{\"time\":\"2026-01-01T00:00:00.123Z\",\"level\":\"info\",\"category\":\"request\","
        "\"msg\":\"POST /v1/messages\",\"status\":200,\"model\":\"claude\"}\n"_ba);
}

void TestLogging::namesEveryLevel_data()
{
    QTest::addColumn<Level>("level");
    QTest::addColumn<QString>("name");
    QTest::newRow("debug") << Level::Debug << u"debug"_s;
    QTest::newRow("info") << Level::Info << u"info"_s;
    QTest::newRow("warn") << Level::Warn << u"warn"_s;
    QTest::newRow("error") << Level::Error << u"error"_s;
}

void TestLogging::namesEveryLevel()
{
    QFETCH(Level, level);
    QFETCH(QString, name);
    const QByteArray json = formatLine(Format::Json, level, "proxy", "x", {}, someTimeMs);
    QCOMPARE(parsed(json).value(u"level"_s).toString(), name);
    const QByteArray text = formatLine(Format::Text, level, "proxy", "x", {}, someTimeMs);
    QVERIFY(text.endsWith(QByteArray(' ' + name.toLatin1().leftJustified(5) + " x\n")));
}

void TestLogging::jsonKeepsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("quotes and backslashes") << u"\"C:\\dir\\\""_s;
    QTest::newRow("control characters") << u"a\nb\r\tc\x1b[0m\x7f\x1"_s + QChar(0) + u"z"_s;
    QTest::newRow("beyond ASCII") << u"h\u00e9llo \u4f60\u597d \U0001f600 \u2028"_s;
}

void TestLogging::jsonKeepsText()
{
    QFETCH(QString, text);
    const QByteArray utf8 = text.toUtf8();
    const QByteArray line = jsonLine(utf8, {{"field", utf8}, {utf8 + "name", "1"}});
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject object = parsed(line);
    QCOMPARE(object.value(u"msg"_s).toString(), text);
    QCOMPARE(object.value(u"field"_s).toString(), text);
    QVERIFY(object.contains(text + u"name"_s));
}

void TestLogging::jsonStaysJsonWithInvalidUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("shown");
    QTest::newRow("Latin-1") << "caf\xe9"_ba << u"caf\ufffd"_s;
    QTest::newRow("cut sequence") << "a\xe4\xbd"_ba << u"a\ufffd\ufffd"_s;
    QTest::newRow("overlong slash") << "\xc0\xaf"_ba << u"\ufffd\ufffd"_s;
    QTest::newRow("never a byte of UTF-8") << "a\xff"_ba << u"a\ufffd"_s;
}

// Paths and header values are whatever bytes a consumer sent.
void TestLogging::jsonStaysJsonWithInvalidUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, shown);
    const QByteArray line = jsonLine(bytes, {{"path", bytes}});
    QVERIFY(QString::fromUtf8(line).toUtf8() == line);
    const QString message = parsed(line).value(u"msg"_s).toString();
    QCOMPARE(message.left(1), shown.left(1));
    QVERIFY(message.contains(QChar::ReplacementCharacter));
    QCOMPARE(parsed(line).value(u"path"_s).toString(), message);
    const QByteArray text = textLine(bytes);
    QVERIFY(QString::fromUtf8(text).toUtf8() == text);
}

void TestLogging::jsonStaysJsonWithoutANumber()
{
    const QJsonObject object = parsed(jsonLine("x", {{"tokens", "", true}, {"status", "200", true}}));
    QVERIFY(object.value(u"tokens"_s).isNull());
    QCOMPARE(object.value(u"status"_s).toInt(), 200);
}

void TestLogging::textCannotForgeLines()
{
    const QByteArray line = textLine("GET /\r\nfake\x1b[31m", {{"model", "a\nb\x7f\0c"_ba}});
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.endsWith(" info  GET /  fake [31m  model=a b  c\n"));
}

#ifdef Q_OS_UNIX

void TestLogging::filtersByLevel_data()
{
    QTest::addColumn<Level>("level");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("debug") << Level::Debug << "debug,info,warn,error,"_ba;
    QTest::newRow("info") << Level::Info << "info,warn,error,"_ba;
    QTest::newRow("warn") << Level::Warn << "warn,error,"_ba;
    QTest::newRow("error") << Level::Error << "error,"_ba;
    QTest::newRow("silent") << Level::Silent << ""_ba;
}

void TestLogging::filtersByLevel()
{
    QFETCH(Level, level);
    QFETCH(QByteArray, written);
    const auto levelsIn = [](const QByteArray& lines) {
        QByteArray levels;
        for (const QByteArray& line : lines.split('\n')) {
            if (!line.isEmpty())
                levels += parsed(line).value(u"level"_s).toString().toLatin1() + ',';
        }
        return levels;
    };
    const QByteArray messages = stderrOf(level, Format::Json, [] {
        qCDebug(logProxy, "d");
        qCInfo(logProxy, "i");
        qCWarning(logProxy, "w");
        qCCritical(logProxy, "c");
    });
    QCOMPARE(levelsIn(messages), written);
    const QByteArray lines = stderrOf(level, Format::Json, [] {
        for (const Level each : {Level::Debug, Level::Info, Level::Warn, Level::Error})
            write(each, "request", "line");
    });
    QCOMPARE(levelsIn(lines), written);
}

void TestLogging::showsDebugLinesOfOurCategoriesOnly()
{
    const QByteArray lines = stderrOf(Level::Debug, Format::Text, [] {
        const QLoggingCategory foreign("qt.network.ssl");
        qCDebug(foreign, "foreign");
        qCDebug(logRequest, "request");
        qCDebug(logTelemetry, "telemetry");
    });
    QVERIFY(!lines.contains("foreign"));
    QVERIFY(lines.contains("request"));
    QVERIFY(lines.contains("telemetry"));
}

void TestLogging::writesQtMessages()
{
    const QByteArray line = stderrOf(
        Level::Info, Format::Json, [] { qCWarning(logTelemetry).noquote() << u"h\u00e9llo \"x\""_s; });
    const QJsonObject object = parsed(line);
    QCOMPARE(object.value(u"category"_s).toString(), u"telemetry"_s);
    QCOMPARE(object.value(u"level"_s).toString(), u"warn"_s);
    QCOMPARE(object.value(u"msg"_s).toString(), u"h\u00e9llo \"x\""_s);
}

#endif

REGISTER_TEST(TestLogging)
#include "tst_logging.moc"
