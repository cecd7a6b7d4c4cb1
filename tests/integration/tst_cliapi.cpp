// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the commands make of the API: JSON for programs, another proxy, tokens, and many calls at a time.

#include "cliprogram.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

#include <QUrlQuery>

#include <algorithm>

class TestCliApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsJsonAlone();
    void replaysThroughAnotherProxy();
    void takesTheToken_data();
    void takesTheToken();
    void deletesManyInParts();
    void saysWhatIsDeletedWhenAPartFails();
};

namespace {

/// The ids of the calls of a proxy, the newest first.
QStringList idsAt(const QByteArray& url)
{
    return idsIn(runCli(atUrl({text("traces"), text("list"), text("--json")}, url)).out);
}

/// Stands in for a proxy with 450 calls, which no test makes. Deletes what it is asked to; from the request
/// `failing` on (0: never) it cannot.
class ManyCalls final
{
public:
    explicit ManyCalls(int failing)
        : m_failing(failing)
        , server([this](const ReceivedRequest& request) { return answer(request); })
    {
    }

private:
    UpstreamScript answer(const ReceivedRequest& request)
    {
        const QUrlQuery query(QString::fromUtf8(request.target.mid(request.target.indexOf('?') + 1)));
        if (request.method == "DELETE") {
            const qsizetype count = query.allQueryItemValues(text("id")).size();
            parts.append(count);
            if (parts.size() == m_failing)
                return Answer::json(503, R"({"error":{"message":"the disk is full","code":"x"}})");
            return Answer::json(200, "{\"deleted\":" + QByteArray::number(count) + ",\"delivering\":0}");
        }
        const bool isFirst = !query.hasQueryItem(text("cursor"));
        QByteArray calls;
        for (int i = 0; i < (isFirst ? 250 : 200); ++i)
            calls += (i > 0 ? R"(,{"id":"call-)" : R"({"id":"call-)") + QByteArray::number(i) + "\"}";
        return Answer::json(
            200, "{\"traces\":[" + calls + "],\"nextCursor\":" + (isFirst ? "\"next\"" : "\"\"") + '}');
    }

    int m_failing;

public:
    QList<qsizetype> parts; // how many ids each DELETE has named
    FakeUpstream server;
};

} // namespace

void TestCliApi::printsJsonAlone()
{
    TracedProxy site(greeting);
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    const QByteArray url = site.proxy.url();
    for (const char* id : {"r1", "r2"})
        QCOMPARE(site.statusOf(chat(id, "Hallo", "X-Session-Id: s\r\n")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 2, 20'000);
    const QStringList ids = idsAt(url);
    QCOMPARE(ids.size(), 2);
    const QStringList json{text("--json")};
    const QList<QStringList> commands{
        QStringList{text("check")} + json,
        atUrl(QStringList{text("env")} + json, url),
        atUrl(QStringList{text("traces"), text("list")} + json, url),
        atUrl(QStringList{text("traces"), text("show"), ids.at(0)} + json, url),
        atUrl(QStringList{text("traces"), text("export"), ids.at(0)}, url),
        atUrl(QStringList{text("traces"), text("export"), text("--format"), text("har")}, url),
        QStringList{text("traces"), text("import"), text("-")} + json,
        atUrl(QStringList{text("diff"), ids.at(1), ids.at(0)} + json, url),
        atUrl(QStringList{text("replay"), ids.at(0)} + json, url),
        atUrl(QStringList{text("traces"), text("rm"), ids.at(0), text("--yes")} + json, url),
    };
    for (const QStringList& command : commands) {
        const CliResult ended = runCli(command, upstreamsAt(site.upstream.url()));
        const QByteArray told = command.join(QLatin1Char(' ')).toUtf8() + '\n' + ended.out + ended.errors;
        QVERIFY2(ended.status == 0, told.constData());
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(ended.out, &error);
        QVERIFY2(error.error == QJsonParseError::NoError && !document.object().isEmpty(), told.constData());
        QVERIFY2(ended.errors.isEmpty(), told.constData());
    }
    // Its stdout is the program's; the calls are on stderr.
    const CliResult run = runCli(
        atUrl({text("run"), text("--json")}, url) + QStringList{text("--"), text("echo"), text("said")});
    QCOMPARE(run.out, "said\n");
    QVERIFY2(QJsonDocument::fromJson(run.errors).isObject(), run.errors.constData());
}

void TestCliApi::replaysThroughAnotherProxy()
{
    TracedProxy first(greeting);
    TracedProxy second([](const ReceivedRequest&) {
        return Answer::json(200,
            R"({"id":"d","model":"gpt-4o","choices":[{"index":0,"message":{"role":"assistant","content":"Moin"},)"
            R"("finish_reason":"stop"}]})");
    });
    QVERIFY2(first.proxy.start(), first.proxy.errorText());
    QVERIFY2(second.proxy.start(), second.proxy.errorText());
    QCOMPARE(first.statusOf(chat("r1", "Hallo")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(first.count("delivered"), 1, 20'000);
    const CliResult again = runCli(atUrl({text("replay"), idsAt(first.proxy.url()).value(0),
                                             text("--base-url"), QString::fromUtf8(second.proxy.url() + '/')},
        first.proxy.url()));
    const QByteArray told = again.out + again.errors;
    QVERIFY2(again.status == 0, told.constData());
    QVERIFY2(told.contains("then, gpt-4o:\nGrüezi") && told.contains("now, gpt-4o:\nMoin"), told.constData());
    const auto asked = [](const FakeUpstream& upstream) {
        const QList<ReceivedRequest> requests = upstream.requests(); // a health probe may be one
        return std::count_if(requests.begin(), requests.end(),
            [](const ReceivedRequest& request) { return request.body.contains("Hallo"); });
    };
    QCOMPARE(asked(first.upstream), 1);
    QCOMPARE(asked(second.upstream), 1);
}

void TestCliApi::takesTheToken_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<int>("status");
    QTest::newRow("right") << QByteArray("admin-secret") << 0;
    QTest::newRow("wrong") << QByteArray("guessed-secret") << 69;
}

void TestCliApi::takesTheToken()
{
    QFETCH(QByteArray, token);
    QFETCH(int, status);
    TracedProxy site(greeting, {{"ADMIN_TOKEN", "admin-secret"}});
    QVERIFY2(site.proxy.start(), site.proxy.errorText());
    QCOMPARE(site.statusOf(chat("r1", "Hallo")), 200);
    QTRY_COMPARE_WITH_TIMEOUT(site.count("delivered"), 1, 20'000);
    for (const QStringList& command :
        {QStringList{text("traces"), text("list")}, QStringList{text("traces"), text("export")},
            QStringList{text("traces"), text("rm"), text("--all"), text("--yes")}}) {
        const CliResult ended = runCli(atUrl(command, site.proxy.url()), {{"ADMIN_TOKEN", token}});
        const QByteArray told = ended.out + ended.errors;
        QVERIFY2(ended.status == status, told.constData());
        QCOMPARE(ended.out.isEmpty(), status != 0);
        QCOMPARE(ended.errors.contains("is not ADMIN_TOKEN"), status != 0);
        QVERIFY2(!told.contains(token), told.constData());
    }
    QCOMPARE(idsAt(site.proxy.url()).size(), status == 0 ? 0 : 1);
}

void TestCliApi::deletesManyInParts()
{
    ManyCalls calls(0);
    const CliResult ended
        = runCli(atUrl({text("traces"), text("rm"), text("--all"), text("--yes")}, calls.server.url()));
    QVERIFY2(ended.out == "450 deleted\n", (ended.out + ended.errors).constData());
    QCOMPARE(calls.parts, (QList<qsizetype>{200, 200, 50}));
}

void TestCliApi::saysWhatIsDeletedWhenAPartFails()
{
    ManyCalls calls(3);
    const CliResult ended = runCli(
        atUrl({text("traces"), text("rm"), text("--model"), text("m"), text("--yes"), text("--json")},
            calls.server.url()));
    QCOMPARE(ended.status, 69);
    QVERIFY2(ended.errors.contains("the disk is full"), ended.errors.constData());
    QCOMPARE(QJsonDocument::fromJson(ended.out).object().value(QLatin1String("deleted")).toInt(), 400);
}

REGISTER_TEST(TestCliApi)
#include "tst_cliapi.moc"
