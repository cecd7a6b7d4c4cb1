// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// How the commands look on a terminal: everything in its columns, nothing that a model says obeyed.

#include "cliprogram.h"
#include "eventreader.h"
#include "support/pseudoterminal.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>

class TestCliTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fitsItsColumns_data();
    void fitsItsColumns();
    void keepsOutWhatModelsSay_data();
    void keepsOutWhatModelsSay();
    void coloursUnlessTold();
    void helpFitsTheTerminal();
    void showsHowFarAnExportIs();
    void asksBeforeItDeletes();
    void drawsWhatRuns();
    void followsText();
    void zshCompletes();
};

namespace {

/// Wide characters, an emoji of several code points, and what would move the cursor, set a title, turn text
/// around, or be taken for an escape sequence in one byte (U+009B).
const QByteArray evilText
    = "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb "
      "\\u001b[2J\\u001b]0;owned\\u0007 \\u009b31m \\u202Egnp.exe\\u202c end";

UpstreamScript evilAnswer(const ReceivedRequest&)
{
    return Answer::json(200,
        R"({"id":"c","model":"gpt-4o\u001b[31m-日本語の長い名前のモデル","choices":[{"index":0,"message":{"role":"assistant","content":")"
            + evilText
            + R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}})");
}

/// Each event waits for the release of the request id and its number.
UpstreamScript pacedAnswer(const ReceivedRequest& request)
{
    const auto delta = [](const QByteArray& words) {
        return R"(data: {"id":"c","model":"gpt-5","choices":[{"index":0,"delta":{"content":")" + words
            + "\"}}]}\n\n";
    };
    return Answer::sse(
        {delta("Grüezi "), delta("mit"), delta("enand"),
            R"(data: {"id":"c","model":"gpt-5","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],)"
            R"("usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"
            "\n\ndata: [DONE]\n\n"},
        {}, {.releasePrefix = request.headers.value("x-request-id"), .delay = {}});
}

QByteArray streamedChat(const QByteArray& id)
{
    return chatRequest(id, {},
        R"({"model":"gpt-5","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi"}]})");
}

/// A proxy that has seen two such calls of a session, and the ids of both, the older one first.
struct EvilSite
{
    TracedProxy proxied{evilAnswer};
    QStringList ids;

    bool begin()
    {
        const QByteArray session = "X-Session-Id: s\r\n";
        if (!proxied.proxy.start() || proxied.statusOf(chat("r1", "one " + evilText, session)) != 200
            || proxied.statusOf(chat("r2", "two " + evilText, session)) != 200)
            return false;
        const QStringList list{
            text("traces"), text("list"), text("--json"), text("--delivery"), text("delivered")};
        return QTest::qWaitFor(
            [&] {
                ids = idsIn(runCli(atUrl(list, url())).out);
                std::reverse(ids.begin(), ids.end());
                return ids.size() == 2;
            },
            20'000);
    }
    [[nodiscard]] QByteArray url() const { return proxied.proxy.url(); }
};

void addCommands()
{
    QTest::addColumn<QStringList>("arguments"); // 0 and 1 stand for the ids
    QTest::newRow("list") << QStringList{text("traces"), text("list")};
    QTest::newRow("list as JSON") << QStringList{text("traces"), text("list"), text("--json")};
    QTest::newRow("show") << QStringList{text("traces"), text("show"), text("1")};
    QTest::newRow("show as JSON") << QStringList{text("traces"), text("show"), text("1"), text("--json")};
    QTest::newRow("export") << QStringList{text("traces"), text("export")};
    QTest::newRow("export as HAR") << QStringList{
        text("traces"), text("export"), text("--format"), text("har")};
    QTest::newRow("export as curl") << QStringList{
        text("traces"), text("export"), text("--format"), text("curl")};
    QTest::newRow("diff") << QStringList{text("diff"), text("0"), text("1")};
    QTest::newRow("diff as JSON") << QStringList{text("diff"), text("0"), text("1"), text("--json")};
    QTest::newRow("replay") << QStringList{text("replay"), text("1")};
    QTest::newRow("run") << QStringList{text("run"), text("true")};
}

} // namespace

void TestCliTerminal::keepsOutWhatModelsSay_data()
{
    addCommands();
}

void TestCliTerminal::keepsOutWhatModelsSay()
{
    QFETCH(QStringList, arguments);
    EvilSite site;
    QVERIFY(site.begin());
    for (QString& argument : arguments) {
        if (argument == text("0") || argument == text("1"))
            argument = site.ids.at(argument.toInt());
    }
    if (arguments.first() == text("run")) {
        arguments = atUrl({text("run")}, site.url())
            + QStringList{text("--"), text("curl"), text("-sS"), text("-o"), text("/dev/null"), text("-d"),
                text(R"({"model":"gpt-4o","messages":[]})"),
                QString::fromUtf8(site.url() + "/v1/chat/completions")};
    } else {
        arguments = atUrl(arguments, site.url());
    }
    QTemporaryDir directory;
    PseudoTerminal terminal(100, 40);
    terminal.start(ProxyProcess::binary(), arguments, cliEnvironment(directory.path()));
    QVERIFY(terminal.waitForExit());
    QCOMPARE(terminal.exitCode(), 0);
    QVERIFY2(terminal.screen().strange().isEmpty(), terminal.screen().strange().join(' ').constData());
    QVERIFY2(!terminal.bytes().contains("\xe2\x80\xae"), terminal.bytes().constData());
    const QByteArray noRed = QByteArray(terminal.bytes()).replace("\x1b[31m  - ", ""); // diff's own
    QVERIFY2(!noRed.contains("\x1b[31m"), noRed.constData());
}

void TestCliTerminal::fitsItsColumns_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QStringList>("shown");
    const auto row
        = [](const char* name, const QStringList& arguments, int columns, const QStringList& shown) {
              QTest::addRow("%s, %d columns", name, columns) << arguments << columns << shown;
          };
    const QStringList list{text("traces"), text("list")};
    row("list", list, 40, {text("MODEL"), text("STATUS")});
    row("list", list, 80, {text("MODEL"), text("DELIVERY")});
    row("list", list, 160, {text("PROVIDER"), text("REASON"), text("TOK/S"), text("DELIVERY")});
    row("replay", {text("replay"), text("1")}, 80, {text(" | "), text("then"), text("now")});
    row("replay", {text("replay"), text("1")}, 160, {text(" | ")});
    row("replay", {text("replay"), text("1")}, 30, {text("then, gpt-4o")});
}

void TestCliTerminal::fitsItsColumns()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, columns);
    QFETCH(QStringList, shown);
    EvilSite site;
    QVERIFY(site.begin());
    if (arguments.last() == text("1"))
        arguments.last() = site.ids.at(1);
    QTemporaryDir directory;
    PseudoTerminal terminal(columns, 40);
    terminal.start(ProxyProcess::binary(), atUrl(arguments, site.url()), cliEnvironment(directory.path()));
    QVERIFY(terminal.waitForExit());
    const QString screen = terminal.screen().text();
    for (const QString& words : std::as_const(shown))
        QVERIFY2(screen.contains(words), qPrintable(screen));
    if (columns >= 40)
        QVERIFY2(terminal.screen().wraps() == 0, qPrintable(screen));
}

void TestCliTerminal::coloursUnlessTold()
{
    TracedProxy site([](const ReceivedRequest&) {
        return Answer::json(429, R"({"error":{"message":"slow down","type":"rate_limit"}})");
    });
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1")), 429);
    QVERIFY(site.langfuse.waitForSpans(1, std::chrono::seconds(20)));
    QTemporaryDir directory;
    for (const auto& [name, value, hasColours] : {std::tuple("TERM", "xterm", true),
             std::tuple("NO_COLOR", "1", false), std::tuple("TERM", "dumb", false)}) {
        PseudoTerminal terminal(80, 24);
        terminal.start(ProxyProcess::binary(), atUrl({text("traces"), text("list")}, site.proxy.url()),
            cliEnvironment(directory.path(), {{name, value}}));
        QVERIFY(terminal.waitForExit());
        QVERIFY2(terminal.screen().text().contains(text("429")), terminal.bytes().constData());
        QCOMPARE(terminal.screen().hasColours(), hasColours);
    }
}

void TestCliTerminal::helpFitsTheTerminal()
{
    QTemporaryDir directory;
    for (const QStringList& command :
        {QStringList{text("--help")}, QStringList{text("replay"), text("--help")},
            QStringList{text("traces"), text("list"), text("--help")}}) {
        PseudoTerminal terminal(80, 24);
        terminal.start(ProxyProcess::binary(), command, cliEnvironment(directory.path()));
        QVERIFY(terminal.waitForExit());
        QCOMPARE(terminal.exitCode(), 0);
        for (const QByteArray& line : terminal.bytes().split('\n'))
            QVERIFY2(line.trimmed().size() + line.indexOf(line.trimmed()) <= 80, line.constData());
    }
}

// The server is slow, as one with large calls is: what takes a second has a bar.
void TestCliTerminal::showsHowFarAnExportIs()
{
    FakeUpstream server([](const ReceivedRequest& request) {
        if (request.target.startsWith("/api/traces?"))
            return Answer::json(200, R"({"traces":[{"id":"a"},{"id":"b"},{"id":"c"}],"nextCursor":""})");
        return UpstreamScript().delay(std::chrono::milliseconds(600)).then(Answer::json(200, "{}"));
    });
    QTemporaryDir directory;
    PseudoTerminal terminal(80, 24);
    terminal.start(ProxyProcess::binary(),
        atUrl({text("traces"), text("export"), text("-o"), directory.filePath(text("out"))}, server.url()),
        cliEnvironment(directory.path()));
    QVERIFY(terminal.waitForExit());
    QCOMPARE(terminal.exitCode(), 0);
    QVERIFY2(terminal.bytes().contains("exporting [") && terminal.bytes().contains("] 2 / 3"),
        terminal.bytes().constData());
    QVERIFY2(!terminal.screen().text().contains(text("exporting")), qPrintable(terminal.screen().text()));
}

void TestCliTerminal::asksBeforeItDeletes()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 1, 20'000);
    QTemporaryDir directory;
    for (const auto& [answer, shown] : {std::pair("n\n", ""), std::pair("y\n", "1 deleted")}) {
        PseudoTerminal terminal(80, 24);
        terminal.start(ProxyProcess::binary(),
            atUrl({text("traces"), text("rm"), text("--all")}, site.proxy.url()),
            cliEnvironment(directory.path()));
        QTRY_VERIFY(terminal.screen().text().contains(text("Delete every call? [y/N]")));
        terminal.type(answer);
        QVERIFY(terminal.waitForExit());
        QVERIFY2(terminal.screen().text().contains(text(shown)), terminal.bytes().constData());
        QCOMPARE(terminal.exitCode() == 0, *shown != '\0');
    }
}

void TestCliTerminal::drawsWhatRuns()
{
    TracedProxy site(pacedAnswer);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QTemporaryDir directory;
    PseudoTerminal terminal(120, 24);
    terminal.start(
        ProxyProcess::binary(), atUrl({text("tail")}, site.proxy.url()), cliEnvironment(directory.path()));
    RawClient consumer(site.proxy.port());
    QVERIFY(consumer.send(streamedChat("r1")));
    const auto screen = [&terminal] { return terminal.screen().text(); };
    QTRY_VERIFY2(screen().contains(text("  open ")), qPrintable(screen()));
    site.upstream.release("r10"); // and the stream pauses
    QTRY_VERIFY2(
        QRegularExpression(text("open +[0-9.]+m?s +[1-9][0-9]*\\.[1-9]s")).match(screen()).hasMatch(),
        qPrintable(screen())); // time to the first token, and a clock that runs
    QCOMPARE(screen().count(text("gpt-5")), 1); // drawn many times, in one place
    terminal.resize(50, 24);
    QTRY_VERIFY2(screen().count(text("MODEL")) == 2, qPrintable(screen()));
    for (const char* name : {"r11", "r12", "r13"})
        site.upstream.release(name);
    QTRY_VERIFY2_WITH_TIMEOUT(screen().contains(text("  200 ")), qPrintable(screen()), 20'000);
    QTRY_VERIFY(!screen().contains(text("  open ")));
    QCOMPARE(screen().count(text("gpt-5")), 1);
    QCOMPARE(terminal.screen().wraps(), 0);
    terminal.type("\x03");
    QVERIFY(terminal.waitForExit());
    QCOMPARE(terminal.exitCode(), 0);
    QVERIFY(terminal.screen().strange().isEmpty());
}

void TestCliTerminal::followsText()
{
    TracedProxy site(pacedAnswer);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    EventReader events(site.proxy.port());
    RawClient consumer(site.proxy.port());
    QVERIFY(consumer.send(streamedChat("r1")));
    const QString id = events.waitFor("call.started").call()[QLatin1String("id")].toString();
    QVERIFY(!id.isEmpty());
    QTemporaryDir directory;
    PseudoTerminal terminal(100, 24);
    const QStringList follow = atUrl({text("tail"), text("--follow"), id.left(8)}, site.proxy.url());
    terminal.start(ProxyProcess::binary(), follow, cliEnvironment(directory.path()));
    site.upstream.release("r10"); // and the stream pauses
    const auto screen = [&terminal] { return terminal.screen().text(); };
    QTRY_VERIFY2(screen().contains(text("Grüezi")), qPrintable(screen()));
    for (const char* name : {"r11", "r12", "r13"})
        site.upstream.release(name);
    QVERIFY(terminal.waitForExit()); // by itself, with the call
    QCOMPARE(terminal.exitCode(), 0);
    QVERIFY2(screen().contains(text("Grüezi mitenand\ngpt-5")), qPrintable(screen()));
    QVERIFY2(terminal.screen().strange().isEmpty(), terminal.screen().strange().join(' ').constData());
    const CliResult late = runCli(follow);
    QCOMPARE(late.status, 69);
    QVERIFY2(late.errors.contains("has ended"), late.errors.constData());
}

// zsh completes only where somebody types.
void TestCliTerminal::zshCompletes()
{
    if (QStandardPaths::findExecutable(text("zsh")).isEmpty())
        QSKIP("zsh is not installed");
    QTemporaryDir home;
    QFile completion(home.filePath(text("_langfuse-proxy")));
    QVERIFY(completion.open(QIODevice::WriteOnly));
    completion.write(runCli({text("--print-completion"), text("zsh")}).out);
    completion.close();
    PseudoTerminal terminal(100, 40);
    terminal.start(text("zsh"), {text("-f"), text("-i")}, cliEnvironment(home.path(), {{"TERM", "dumb"}}));
    terminal.type(
        "PS1='> '; fpath=($HOME $fpath); autoload -Uz compinit; compinit -u -d $HOME/dump; print REA''DY\n");
    const auto screen = [&terminal] { return terminal.screen().text(); };
    QTRY_VERIFY2_WITH_TIMEOUT(screen().contains(text("READY")), qPrintable(screen()), 30'000);
    for (const auto& [typed, shown] : {std::pair("langfuse-proxy tra\t", "langfuse-proxy traces"),
             std::pair("l\t", "langfuse-proxy traces list"), std::pair("--stat\t", "traces list --status"),
             std::pair("c\t", "--status cancelled"), std::pair("--delivery d\t", "disabled")}) {
        terminal.type(typed);
        QTRY_VERIFY2_WITH_TIMEOUT(screen().contains(text(shown)), qPrintable(screen()), 10'000);
    }
    terminal.type("\x15"
                  "exit\n");
    QVERIFY(terminal.waitForExit());
}

REGISTER_TEST(TestCliTerminal)
#include "tst_cliterminal.moc"
