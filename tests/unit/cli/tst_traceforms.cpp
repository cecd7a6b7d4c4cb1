// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What other programs and people read of a call: HAR, curl, the transcript; and what clients need.

#include "app/clientvariables.h"
#include "app/curlcommand.h"
#include "app/harentry.h"
#include "cli/terminaltext.h"
#include "cli/transcript.h"
#include "support/testprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>

class TestTraceForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesHar();
    void makesCurl_data();
    void makesCurl();
    void quotesForTheShell_data();
    void quotesForTheShell();
    void makesTranscript();
    void pointsClients();
    void exports_data();
    void exports();
};

namespace {

QJsonObject object(const QByteArray& json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray callJson()
{
    return R"({"id":"a","startedAt":"2026-11-24T10:00:01.500Z","provider":"anthropic","status":200,
        "outcome":"completed","model":"claude-x",
        "request":{"method":"POST","target":"/v1/messages?beta=true","upstream":"https://api.anthropic.com",
            "headers":[["x-api-key","sk-***"],["Content-Type","application/json"],["Host","api.anthropic.com"]],
            "bytes":14,"body":{"text":"{\"say\":\"it's\"}"}},
        "response":{"status":200,"headers":[["content-type","application/json"]],"bytes":4,"body":{"base64":"AAEC"}},
        "input":{"messages":[{"role":"user","parts":[{"kind":"text","text":"Weather?"}]}],"tools":[{"name":"w"}]},
        "output":{"messages":[{"role":"assistant","finishReason":"tool_use","parts":[
            {"kind":"thinking","text":"hm"},{"kind":"tool_call","name":"w","json":{"city":"Zug"}}]}],"tools":[]},
        "usage":{"input":10,"output":4,"reported":{"x":1}},
        "timings":{"requestSentMs":2,"firstByteMs":12,"durationMs":30}})";
}

} // namespace

void TestTraceForms::makesHar()
{
    const QJsonObject entry = harEntry(object(callJson()));
    const QJsonObject request = entry.value(QLatin1String("request")).toObject();
    QCOMPARE(request.value(QLatin1String("url")).toString(),
        QStringLiteral("https://api.anthropic.com/v1/messages?beta=true"));
    QCOMPARE(request.value(QLatin1String("queryString"))
                 .toArray()
                 .at(0)
                 .toObject()
                 .value(QLatin1String("name"))
                 .toString(),
        QStringLiteral("beta"));
    QCOMPARE(request.value(QLatin1String("postData")).toObject().value(QLatin1String("mimeType")).toString(),
        QStringLiteral("application/json"));
    const QJsonObject content
        = entry.value(QLatin1String("response")).toObject().value(QLatin1String("content")).toObject();
    QCOMPARE(content.value(QLatin1String("encoding")).toString(), QStringLiteral("base64"));
    const QJsonObject timings = entry.value(QLatin1String("timings")).toObject();
    QCOMPARE(timings.value(QLatin1String("send")).toDouble() + timings.value(QLatin1String("wait")).toDouble()
            + timings.value(QLatin1String("receive")).toDouble(),
        entry.value(QLatin1String("time")).toDouble());
    // The members that the specification requires of an entry, a request and a response.
    for (const char* member : {"startedDateTime", "time", "request", "response", "cache", "timings"})
        QVERIFY2(entry.contains(QLatin1String(member)), member);
    for (const char* member :
        {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"})
        QVERIFY2(request.contains(QLatin1String(member)), member);
    const QJsonObject whole = object(harHead() + QJsonDocument(entry).toJson() + harTail());
    QCOMPARE(whole.value(QLatin1String("log")).toObject().value(QLatin1String("version")).toString(),
        QStringLiteral("1.2"));
}

void TestTraceForms::makesCurl_data()
{
    QTest::addColumn<QByteArray>("provider");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("part");
    QTest::newRow("bearer") << QByteArray("openai") << QByteArray("/v1/x")
                            << QByteArray(R"(["Authorization","Bearer sk-***"])")
                            << QByteArray(R"(-H "Authorization: Bearer $OPENAI_API_KEY")");
    QTest::newRow("anthropic") << QByteArray("anthropic") << QByteArray("/v1/x")
                               << QByteArray(R"(["x-api-key","***"])")
                               << QByteArray(R"(-H "x-api-key: $ANTHROPIC_API_KEY")");
    QTest::newRow("key in the query")
        << QByteArray("gemini") << QByteArray("/v1beta/x?key=***&alt=sse") << QByteArray(R"(["a","b"])")
        << QByteArray(R"('https://u/v1beta/x?key='"$GEMINI_API_KEY"'&alt=sse')");
    QTest::newRow("other header") << QByteArray("openai") << QByteArray("/v1/x")
                                  << QByteArray(R"(["X-A","it's"])") << QByteArray(R"(-H 'X-A: it'\''s')");
}

void TestTraceForms::makesCurl()
{
    QFETCH(QByteArray, provider);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, part);
    const QByteArray command = curlCommand(object("{\"provider\":\"" + provider
        + R"(","request":{"method":"POST","upstream":"https://u","target":")" + target + "\",\"headers\":["
        + header + "]}}"));
    QVERIFY2(command.contains(part), command.constData());
    QVERIFY(!command.contains("***"));
}

void TestTraceForms::quotesForTheShell_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("body");
    const QString sh = QStringLiteral("sh");
    const QString bash = QStringLiteral("bash");
    const QString post = QStringLiteral("POST");
    QTest::newRow("quotes") << sh << post << QStringLiteral(R"({"say":"it's \\ $HOME `id`"})");
    QTest::newRow("lines") << sh << post << QStringLiteral("{\n\t\"a\": 1\n}\n");
    QTest::newRow("a file's name") << sh << post << QStringLiteral("@/etc/passwd");
    QTest::newRow("a method that is a command") << sh << QStringLiteral("GET|id") << QStringLiteral("{}");
    QTest::newRow("escapes") << bash << post << QStringLiteral("a\u001b[2J\u001b]0;it's\u0007\\x\r1\u007f");
    QTest::newRow("beyond ASCII") << bash << post
                                  << QString::fromUtf8("\u009b31m Gr\u00fcezi \u202egnp \U0001f600");
}

// A real shell reads what was written: the words arrive as they were, and no terminal obeys any.
void TestTraceForms::quotesForTheShell()
{
    QFETCH(QString, shell);
    QFETCH(QString, method);
    QFETCH(QString, body);
    if (QStandardPaths::findExecutable(shell).isEmpty())
        QSKIP("the shell is not installed");
    const QByteArray command = curlCommand({{QStringLiteral("request"),
        QJsonObject{{QStringLiteral("method"), method},
            {QStringLiteral("upstream"), QStringLiteral("http://u")},
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), body}}}}}});
    for (const QChar c : QString::fromUtf8(command))
        QVERIFY2(c == u'\n' || c == u'\t' || !isObeyed(c), command.constData());
    QProcess process;
    process.start(shell,
        {QStringLiteral("-c"),
            QStringLiteral("curl() { printf %s:: \"$@\"; }; ") + QString::fromUtf8(command)});
    QVERIFY(process.waitForFinished());
    QCOMPARE(QString::fromUtf8(process.readAllStandardOutput()),
        QStringList({QStringLiteral("-sS"), QStringLiteral("-X"), method, QStringLiteral("http://u"),
                        QStringLiteral("--data-raw"), body, QString()})
            .join(QStringLiteral("::")));
    QCOMPARE(process.readAllStandardError(), "");
}

void TestTraceForms::makesTranscript()
{
    const QByteArray text = transcript(object(callJson()), false);
    for (const char* part :
        {"call        POST /v1/messages?beta=true\n", "tokens      input 10, output 4\n", "tools       1\n",
            "\nuser\n  Weather?\n", "\nassistant (tool_use)\n  (thinking) hm\n  -> w {\"city\":\"Zug\"}\n"})
        QVERIFY2(text.contains(part), text.constData());
    QVERIFY(!text.contains('\x1b'));
    QVERIFY(transcript(object(callJson()), true).contains("\x1b[1massistant"));
}

void TestTraceForms::pointsClients()
{
    const QList<ClientVariable> variables = clientVariables("http://127.0.0.1:3000", "example.org");
    QCOMPARE(variables.at(0).value, "http://127.0.0.1:3000/v1");
    QCOMPARE(variables.at(4).value, "example.org,127.0.0.1");
    QCOMPARE(clientVariables("http://127.0.0.1:3000", "127.0.0.1,x").at(4).value, "127.0.0.1,x");
    QCOMPARE(clientArguments({QStringLiteral("/usr/bin/codex"), QStringLiteral("exec")}, "http://h:1"),
        (QStringList{QStringLiteral("/usr/bin/codex"), QStringLiteral("-c"),
            QStringLiteral("openai_base_url=\"http://h:1/v1\""), QStringLiteral("exec")}));
    QCOMPARE(
        clientArguments({QStringLiteral("claude")}, "http://h:1"), QStringList{QStringLiteral("claude")});
}

void TestTraceForms::exports_data()
{
    QTest::addColumn<QByteArray>("shell");
    QTest::addColumn<QByteArray>("line");
    QTest::newRow("sh") << QByteArray("sh") << QByteArray("export A='it'\\''s'\n");
    QTest::newRow("fish") << QByteArray("fish") << QByteArray("set -gx A 'it\\'s'\n");
    QTest::newRow("powershell") << QByteArray("powershell") << QByteArray("$env:A = 'it''s'\n");
}

void TestTraceForms::exports()
{
    QFETCH(QByteArray, shell);
    QTEST(exportLines({{"A", "it's"}}, shell), "line");
}

REGISTER_TEST(TestTraceForms)
#include "tst_traceforms.moc"
