// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// HARs of other programs: what of them becomes a call, and what must not get into a store.

#include "app/harimport.h"
#include "app/recordrulesloader.h"
#include "app/storearchive.h"
#include "support/testprogram.h"
#include "trace/responsesessions.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

namespace {

QJsonObject harHeader(const char* name, const char* value)
{
    return {{QStringLiteral("name"), QLatin1String(name)}, {QStringLiteral("value"), QLatin1String(value)}};
}

/// A call as a browser's network panel writes it; members of `more` come over the usual ones.
QJsonObject foreignEntry(const QJsonObject& more = {})
{
    const QString asked
        = QStringLiteral("{\"model\":\"gpt-test\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    const QString answered
        = QStringLiteral("{\"id\":\"c\",\"model\":\"gpt-test-1\",\"choices\":[{\"index\":0,"
                         "\"message\":{\"role\":\"assistant\",\"content\":\"Ho\"},"
                         "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":11,"
                         "\"completion_tokens\":7,\"total_tokens\":18}}");
    const QJsonObject request{{QStringLiteral("method"), QStringLiteral("POST")},
        {QStringLiteral("url"),
            QStringLiteral("https://api.openai.com/v1/chat/completions?key=abcdefghijkl")},
        {QStringLiteral("headers"),
            QJsonArray{harHeader("Authorization", "Bearer sk-abcdefghijklmnopqrstuvwxyz"),
                harHeader("Content-Type", "application/json")}},
        {QStringLiteral("bodySize"), -1},
        {QStringLiteral("postData"), QJsonObject{{QStringLiteral("text"), asked}}}};
    const QJsonObject response{{QStringLiteral("status"), 200},
        {QStringLiteral("headers"),
            QJsonArray{harHeader("content-encoding", "gzip"), harHeader("content-type", "application/json")}},
        {QStringLiteral("bodySize"), -1},
        {QStringLiteral("content"), QJsonObject{{QStringLiteral("text"), answered}}}};
    QJsonObject entry{{QStringLiteral("startedDateTime"), QStringLiteral("2026-11-24T11:42:36.5+01:00")},
        {QStringLiteral("time"), 30.5}, {QStringLiteral("request"), request},
        {QStringLiteral("response"), response},
        {QStringLiteral("timings"),
            QJsonObject{{QStringLiteral("send"), 1}, {QStringLiteral("wait"), 9.5},
                {QStringLiteral("receive"), 20}}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        entry.insert(it.key(), it.value());
    return entry;
}

QByteArray harOf(const QJsonArray& entries)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("log"),
                             QJsonObject{{QStringLiteral("version"), QStringLiteral("1.2")},
                                 {QStringLiteral("entries"), entries}}}})
        .toJson();
}

std::optional<TraceRecord> importedRecord(const QJsonObject& entry)
{
    ResponseSessions sessions;
    return recordOfHarEntry(entry, &sessions, *loadRecordRules(Config()));
}

} // namespace

class TestHarImport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aForeignCallIsReadAsIfItWentThroughTheProxy()
    {
        const auto record = importedRecord(foreignEntry());
        QVERIFY(record);
        QCOMPARE(record->provider, QByteArray("openai"));
        QCOMPARE(record->startedAtUs, 1'795'516'956'500'000);
        QCOMPARE(record->durationUs, 30'500);
        QCOMPARE(record->requestSentUs, 1000);
        QCOMPARE(record->responseHeadUs, 10'500);
        QCOMPARE(record->responseModel, QByteArray("gpt-test-1"));
        QVERIFY(record->usage);
        QCOMPARE(record->output.messages.size(), 1);
        QCOMPARE(record->outcome, CallOutcome::Completed);
        QVERIFY(!record->id.isEmpty());
    }

    void keysAreMasked()
    {
        const auto record = importedRecord(foreignEntry());
        QVERIFY(!record->requestHeaders.value("authorization").contains("abcdefgh"));
        QVERIFY2(!record->target.contains("abcdefgh"), record->target.constData());
    }

    void whatIsMaskedAlreadyStaysAsItIs()
    {
        QJsonObject entry = foreignEntry();
        QJsonObject request = entry.value(QLatin1String("request")).toObject();
        request.insert(QStringLiteral("headers"),
            QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("x-api-key")},
                {QStringLiteral("value"), QStringLiteral("***9f2a")}}});
        entry.insert(QStringLiteral("request"), request);
        QCOMPARE(importedRecord(entry)->requestHeaders.value("x-api-key"), QByteArray("***9f2a"));
    }

    void aCallWithoutAnAnswerHasFailed()
    {
        const auto record = importedRecord(
            foreignEntry({{QStringLiteral("response"), QJsonObject{{QStringLiteral("status"), 0}}}}));
        QVERIFY(record);
        QCOMPARE(record->status, 0);
        QCOMPARE(record->outcome, CallOutcome::UpstreamFailed);
    }

    void onlyCallsToProvidersAreTaken()
    {
        const QTemporaryDir folder;
        QJsonObject page = foreignEntry();
        page.insert(QStringLiteral("request"),
            QJsonObject{{QStringLiteral("method"), QStringLiteral("GET")},
                {QStringLiteral("url"), QStringLiteral("https://example.com/index.html")}});
        const auto count = importHar(
            harOf({page, foreignEntry(), foreignEntry()}), folder.filePath(QStringLiteral("a.db")));
        QVERIFY2(count, count ? "" : qPrintable(count.error().message));
        QCOMPARE(*count, 2);
        QVERIFY(!importHar(harOf({page}), folder.filePath(QStringLiteral("b.db"))));
        const auto none = importHar("{\"a\":1}", folder.filePath(QStringLiteral("c.db")));
        QVERIFY(!none);
        QVERIFY2(none.error().message.contains(QLatin1String("no HAR")), qPrintable(none.error().message));
    }

    void anArchiveOpensAHar()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("calls.har"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(harOf({foreignEntry()})) > 0);
        file.close();
        StoreArchive archive(path);
        QVERIFY(archive.open());
        QByteArray answered;
        connect(&archive, &StoreArchive::answered, this,
            [&answered](quint64, const ApiAnswer& answer) { answered = answer.body; });
        QVERIFY(archive.ask(1, "GET", "/api/traces"));
        QTRY_VERIFY(answered.contains("gpt-test-1"));
    }
};

REGISTER_TEST(TestHarImport)
#include "tst_harimport.moc"
