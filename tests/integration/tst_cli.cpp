// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The terminal tools against a running proxy with real calls.

#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QTemporaryDir>

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkFindsAllGood();
    void checkSaysWhatToDo_data();
    void checkSaysWhatToDo();
    void envPrintsWhatAShellReads();
    void runGivesThroughWhatTheProgramDoes_data();
    void runGivesThroughWhatTheProgramDoes();
    void runUsesTheRunningProxy();
    void runPassesSignals();
    void tracesAreListedShownExportedAndDeleted();
    void tailShowsCallsAsTheyEnd();
    void demoShowsEveryKindOfCall();
    void refusesWithoutAProxy();
    void refusesBadArguments_data();
    void refusesBadArguments();
    void printsCompletionsThatShellsAccept();
    void looksRightOnATerminal();
};

namespace {

struct Ended
{
    int status = -1;
    QByteArray out;
    QByteArray errors;
};

/// Runs the program with these arguments in an empty directory and an environment without any setting.
Ended cli(const QStringList& arguments, const ProxyProcess::Environment& environment = {},
    const QByteArray& input = {})
{
    QTemporaryDir directory;
    QProcess process;
    process.setWorkingDirectory(directory.path());
    QProcessEnvironment variables;
    for (const char* name : {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
        if (qEnvironmentVariableIsSet(name))
            variables.insert(QLatin1String(name), qEnvironmentVariable(name));
    }
    variables.insert(QStringLiteral("HOME"), directory.path());
    variables.insert(QStringLiteral("STORE_PATH"), directory.filePath(QStringLiteral("t.db")));
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(QString::fromUtf8(it.key()), QString::fromUtf8(it.value()));
    process.setProcessEnvironment(variables);
    process.start(ProxyProcess::binary(), arguments);
    process.write(input);
    process.closeWriteChannel();
    Ended ended;
    if (process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit)
        ended.status = process.exitCode();
    ended.out = process.readAllStandardOutput();
    ended.errors = process.readAllStandardError();
    return ended;
}

UpstreamScript greeting(const ReceivedRequest&)
{
    return Answer::json(200,
        R"({"id":"c","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"Grüezi"},)"
        R"("finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}})");
}

QByteArray chat(const QByteArray& id, const QByteArray& words = "Hallo")
{
    return chatRequest(id, "Authorization: Bearer sk-abcdefghijklmnop\r\n",
        R"({"model":"gpt-4o","messages":[{"role":"user","content":")" + words + R"("}]})");
}

ProxyProcess::Environment upstreamsAt(const QByteArray& url)
{
    return {{"UPSTREAM_BASE_URL", url}, {"ANTHROPIC_BASE_URL", url}, {"GEMINI_BASE_URL", url}};
}

QString text(const char* words)
{
    return QString::fromUtf8(words);
}

} // namespace

void TestCli::checkFindsAllGood()
{
    FakeUpstream upstream(greeting);
    FakeLangfuse langfuse;
    ProxyProcess::Environment environment = upstreamsAt(upstream.url());
    environment.insert(ProxyProcess::Environment{{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"},
        {"PROXY_API_KEY", "hidden-key"}});
    const Ended people = cli({text("check"), text("--port"), text("3555")}, environment);
    QVERIFY2(people.status == 0, (people.out + people.errors).constData());
    QVERIFY2(people.out.contains("3555"), people.out.constData());
    QVERIFY(people.out.contains("command line"));
    QVERIFY(people.out.contains("ok      langfuse"));
    QVERIFY(people.out.contains("ok      store"));
    QVERIFY(!people.out.contains("hidden-key") && !people.out.contains("sk-lf-test"));

    const Ended program = cli({text("check"), text("--json")}, environment);
    const QJsonObject report = QJsonDocument::fromJson(program.out).object();
    QCOMPARE(report.value(QLatin1String("ok")).toBool(), true);
    QCOMPARE(report.value(QLatin1String("checks")).toArray().size(), 5);
}

void TestCli::checkSaysWhatToDo_data()
{
    QTest::addColumn<ProxyProcess::Environment>("environment");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("words");
    QTest::newRow("upstream") << ProxyProcess::Environment{{"UPSTREAM_BASE_URL", "http://127.0.0.1:1"}} << 69
                              << QByteArray("Check UPSTREAM_BASE_URL");
    QTest::newRow("keys") << ProxyProcess::Environment{{"LANGFUSE_SECRET_KEY", "sk-lf-wrong"}} << 69
                          << QByteArray("Check LANGFUSE_PUBLIC_KEY");
    QTest::newRow("langfuse") << ProxyProcess::Environment{{"LANGFUSE_BASE_URL", "http://127.0.0.1:1"}} << 69
                              << QByteArray("Check LANGFUSE_BASE_URL");
    QTest::newRow("store") << ProxyProcess::Environment{{"STORE_PATH", "/dev/null/t.db"}} << 69
                           << QByteArray("Check STORE_PATH");
    QTest::newRow("setting") << ProxyProcess::Environment{{"PORT", "many"}} << 78 << QByteArray("PORT");
}

void TestCli::checkSaysWhatToDo()
{
    QFETCH(ProxyProcess::Environment, environment);
    QFETCH(QByteArray, words);
    FakeUpstream upstream(greeting);
    FakeLangfuse langfuse;
    ProxyProcess::Environment all = upstreamsAt(upstream.url());
    all.insert(ProxyProcess::Environment{{"LANGFUSE_BASE_URL", langfuse.baseUrl().toEncoded()},
        {"LANGFUSE_PUBLIC_KEY", "pk-lf-test"}, {"LANGFUSE_SECRET_KEY", "sk-lf-test"}});
    all.insert(environment);
    const Ended ended = cli({text("check")}, all);
    QTEST(ended.status, "status");
    QVERIFY2((ended.out + ended.errors).contains(words), (ended.out + ended.errors).constData());
}

void TestCli::envPrintsWhatAShellReads()
{
    const Ended ended = cli({text("env"), text("--port"), text("4444"), text("--shell"), text("sh")});
    QCOMPARE(ended.status, 0);
    QProcess shell;
    shell.start(text("sh"),
        {text("-c"),
            QString::fromUtf8(ended.out) + text("printf %s \"$ANTHROPIC_BASE_URL $OPENAI_BASE_URL\"")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardOutput(), "http://127.0.0.1:4444 http://127.0.0.1:4444/v1");
}

void TestCli::runGivesThroughWhatTheProgramDoes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("out");
    QTest::newRow("output") << text("echo said") << 0 << QByteArray("said\n");
    QTest::newRow("input") << text("cat") << 0 << QByteArray("typed");
    QTest::newRow("status") << text("exit 7") << 7 << QByteArray();
    QTest::newRow("signal") << text("kill -9 $$") << 128 + 9 << QByteArray();
    QTest::newRow("variables") << text("case $OPENAI_BASE_URL in http://127.0.0.1:*/v1) echo yes;; esac") << 0
                               << QByteArray("yes\n");
}

void TestCli::runGivesThroughWhatTheProgramDoes()
{
    QFETCH(QString, script);
    const Ended ended = cli({text("run"), text("sh"), text("-c"), script}, {{"PORT", "1"}}, "typed");
    QTEST(ended.status, "status");
    QTEST(ended.out, "out");
    QVERIFY2(ended.errors.contains("No calls."), ended.errors.constData());
}

void TestCli::runUsesTheRunningProxy()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const Ended ended = cli({text("run"), text("--url"), QString::fromUtf8(site.proxy.url()), text("--"),
        text("sh"), text("-c"), text("printf %s $ANTHROPIC_BASE_URL")});
    QCOMPARE(ended.status, 0);
    QCOMPARE(ended.out, site.proxy.url());
    QCOMPARE(cli({text("run"), text("nosuchprogram")}, {{"PORT", "1"}}).status, 127);
    const Ended elsewhere = cli({text("run"), text("--url"), text("http://127.0.0.1:1"), text("true")});
    QCOMPARE(elsewhere.status, 69);
    QVERIFY2(elsewhere.errors.contains("http://127.0.0.1:1"), elsewhere.errors.constData());
}

void TestCli::runPassesSignals()
{
    QTemporaryDir directory;
    QProcess process;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(text("STORE_PATH"), text(":memory:"));
    variables.insert(text("PORT"), text("1"));
    process.setProcessEnvironment(variables);
    process.start(ProxyProcess::binary(),
        {text("run"), text("sh"), text("-c"),
            text("trap 'echo caught; exit 3' TERM; echo ready; while :; do sleep 0.05; done")});
    QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() >= 6, 30'000);
    process.terminate();
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardOutput(), "ready\ncaught\n");
    QCOMPARE(process.exitCode(), 3);
}

void TestCli::tracesAreListedShownExportedAndDeleted()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1", "Hallo")), 200);
    QCOMPARE(site.statusOf(chat("r2", "Sali")), 200);
    QVERIFY(site.langfuse.waitForSpans(2, std::chrono::seconds(20)));
    const auto traces = [&](QStringList arguments) {
        arguments.prepend(text("traces"));
        return cli(arguments + QStringList{text("--url"), QString::fromUtf8(site.proxy.url())});
    };
    QTRY_VERIFY_WITH_TIMEOUT(traces({text("list")}).out.count("delivered") == 2, 20'000);
    const Ended list = traces({text("list")});
    QVERIFY2(list.out.contains("gpt-4o"), list.out.constData());
    QVERIFY(list.out.endsWith("\n2 calls, 18 tokens in, 6 out, $0.0001\n"));
    QVERIFY(traces({text("list"), text("--search"), text("Sali")}).out.contains("\n1 call, "));

    const QJsonArray calls = QJsonDocument::fromJson(traces({text("list"), text("--json")}).out)
                                 .object()
                                 .value(QLatin1String("traces"))
                                 .toArray();
    const QString id = calls.at(0).toObject().value(QLatin1String("id")).toString();
    const Ended shown = traces({text("show"), id.left(8)});
    QVERIFY2(
        shown.out.contains("\nuser\n  Sali\n") && shown.out.contains("\n  Grüezi\n"), shown.out.constData());
    QVERIFY(!shown.out.contains("sk-abcdefghijklmnop"));

    const Ended lines = traces({text("export")});
    QCOMPARE(lines.out.count('\n'), 2);
    QVERIFY(lines.out.indexOf("Hallo") < lines.out.indexOf("Sali")); // the oldest first
    QTemporaryDir directory;
    const QString file = directory.filePath(text("calls.har"));
    QCOMPARE(traces({text("export"), text("--format"), text("har"), text("-o"), file}).status, 0);
    QFile har(file);
    QVERIFY(har.open(QIODevice::ReadOnly));
    QCOMPARE(har.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    QCOMPARE(QJsonDocument::fromJson(har.readAll())
                 .object()
                 .value(QLatin1String("log"))
                 .toObject()
                 .value(QLatin1String("entries"))
                 .toArray()
                 .size(),
        2);
    const Ended curl = traces({text("export"), text("--format"), text("curl"), id});
    QVERIFY2(
        curl.out.contains("Bearer $OPENAI_API_KEY") && !curl.out.contains("sk-abc"), curl.out.constData());

    const Ended again = cli({text("replay"), id.left(8), text("--model"), text("gpt-4o-mini"), text("--url"),
        QString::fromUtf8(site.proxy.url())});
    QVERIFY2(again.out.contains("gpt-4o, then:\nGrüezi") && again.out.contains("now:\nGrüezi"),
        (again.out + again.errors).constData());
    QCOMPARE(site.upstream.requests().constLast().body.count("\"model\":\"gpt-4o-mini\""), 1);
    // One whose delivery is awaited would be spared below.
    QTRY_VERIFY_WITH_TIMEOUT(traces({text("list")}).out.count("delivered") == 3, 20'000);
    QCOMPARE(
        traces({text("rm"), text("--since"), text("1h"), text("--search"), text("never"), text("--yes")}).out,
        "0 deleted\n");

    QCOMPARE(traces({text("rm"), id}).status, 64); // nobody to ask
    QCOMPARE(traces({text("rm"), id, text("--yes")}).out, "1 deleted\n");
    QCOMPARE(traces({text("rm"), text("--all"), text("--yes")}).out, "2 deleted\n");
    QCOMPARE(traces({text("list")}).out, "No calls.\n");
    QCOMPARE(traces({text("show"), text("abc")}).status, 69);
}

void TestCli::tailShowsCallsAsTheyEnd()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QProcess tail;
    tail.start(ProxyProcess::binary(), {text("tail"), text("--url"), QString::fromUtf8(site.proxy.url())});
    // What was said before it listened is not for it: so calls are made until it shows one.
    QByteArray shown;
    int calls = 0;
    const auto showsACall = [&] {
        const int status = site.statusOf(chat("t" + QByteArray::number(++calls)));
        shown += tail.readAllStandardOutput();
        return status == 200 && shown.contains("gpt-4o");
    };
    QTRY_VERIFY_WITH_TIMEOUT(showsACall(), 30'000);
    QVERIFY2(shown.startsWith("TIME "), shown.constData());
    QVERIFY(shown.contains("  200  "));
    tail.terminate();
    QVERIFY(tail.waitForFinished());
    QCOMPARE(tail.exitCode(), 0);
    QCOMPARE(tail.readAllStandardError(), "");
}

void TestCli::demoShowsEveryKindOfCall()
{
    const Ended ended = cli({text("demo"), text("--once"), text("--port"), text("0"), text("--json")});
    QCOMPARE(ended.status, 0);
    const QByteArray document = ended.out.sliced(std::max<qsizetype>(0, ended.out.indexOf('{')));
    const QJsonArray calls
        = QJsonDocument::fromJson(document).object().value(QLatin1String("traces")).toArray();
    QSet<QString> providers;
    int streams = 0;
    int errors = 0;
    for (const QJsonValue& call : calls) {
        providers.insert(call[QLatin1String("provider")].toString());
        streams += call[QLatin1String("stream")].toBool();
        errors += call[QLatin1String("error")].isString();
        if (call[QLatin1String("error")].isNull()) {
            QVERIFY(call[QLatin1String("tokens")][QLatin1String("output")].toInt() > 0);
            QVERIFY2(call[QLatin1String("costUsd")].isDouble(),
                qPrintable(call[QLatin1String("model")].toString()));
        }
    }
    QCOMPARE(calls.size(), 6);
    QCOMPARE(providers.size(), 3);
    QCOMPARE(streams, 3);
    QCOMPARE(errors, 1);
}

void TestCli::refusesWithoutAProxy()
{
    const Ended ended = cli({text("traces"), text("list"), text("--url"), text("http://127.0.0.1:1")});
    QCOMPARE(ended.status, 69);
    QVERIFY2(ended.errors.contains("no proxy answers at http://127.0.0.1:1"), ended.errors.constData());
}

void TestCli::refusesBadArguments_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown command") << QStringList{text("walk")};
    QTest::newRow("no program") << QStringList{text("run")};
    QTest::newRow("unknown shell") << QStringList{text("env"), text("--shell"), text("csh")};
    QTest::newRow("no part") << QStringList{text("traces")};
    QTest::newRow("no id") << QStringList{text("traces"), text("show")};
    QTest::newRow("a limit of none") << QStringList{text("traces"), text("list"), text("--limit"), text("0")};
}

void TestCli::refusesBadArguments()
{
    QFETCH(QStringList, arguments);
    const Ended ended = cli(arguments);
    QCOMPARE(ended.status, 64);
    QCOMPARE(ended.errors.count('\n'), 1);
    QVERIFY(ended.errors.startsWith("langfuse-proxy: "));
}

void TestCli::printsCompletionsThatShellsAccept()
{
    const Ended bash = cli({text("--print-completion"), text("bash")});
    QCOMPARE(bash.status, 0);
    QProcess shell;
    shell.start(text("bash"),
        {text("--norc"), text("-c"),
            QString::fromUtf8(bash.out)
                + text("complete_words() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); "
                       "_langfuse_proxy; echo \"${COMPREPLY[*]}\"; }\n"
                       "complete_words langfuse-proxy tra; complete_words langfuse-proxy traces e\n"
                       "complete_words langfuse-proxy traces export --form; complete_words langfuse-proxy "
                       "traces export --format ''\n")});
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.readAllStandardError(), "");
    QCOMPARE(shell.readAllStandardOutput(), "traces\nexport\n--format\njsonl har curl\n");
    for (const char* name : {"zsh", "fish"}) {
        const Ended other = cli({text("--print-completion"), text(name)});
        QCOMPARE(other.status, 0);
        QVERIFY(other.out.contains("traces"));
    }
    const Ended page = cli({text("--print-man-page")});
    QVERIFY(page.out.startsWith(".TH LANGFUSE\\-PROXY 1") || page.out.startsWith(".TH LANGFUSE-PROXY 1"));
    for (const char* part : {".SS traces export", "ADMIN_TOKEN", ".SH EXIT STATUS"})
        QVERIFY2(page.out.contains(part), part);
}

// `script` gives the program a pseudo-terminal of 80 columns.
void TestCli::looksRightOnATerminal()
{
#ifdef Q_OS_LINUX
    TracedProxy site([](const ReceivedRequest&) {
        return Answer::json(429, R"({"error":{"message":"slow down","type":"rate_limit"}})");
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1")), 429);
    QVERIFY(site.langfuse.waitForSpans(1, std::chrono::seconds(20)));
    QProcess terminal;
    QProcessEnvironment variables = QProcessEnvironment::systemEnvironment();
    variables.insert(text("TERM"), text("xterm"));
    variables.remove(text("NO_COLOR"));
    terminal.setProcessEnvironment(variables);
    const QString command = QStringLiteral("stty cols 80; %1 traces list --url %2")
                                .arg(ProxyProcess::binary(), QString::fromUtf8(site.proxy.url()));
    terminal.start(text("script"), {text("-qec"), command, text("/dev/null")});
    QVERIFY(terminal.waitForFinished(60'000));
    const QByteArray screen = terminal.readAllStandardOutput();
    QVERIFY2(screen.contains("\x1b[31m429"), screen.constData());
    for (QByteArray line : screen.split('\n')) {
        line.replace("\x1b[31m", "").replace("\x1b[0m", "").replace("\r", "");
        QVERIFY2(line.size() <= 80, line.constData());
    }
#else
    QSKIP("script(1) of util-linux is needed");
#endif
}

REGISTER_TEST(TestCli)
#include "tst_cli.moc"
