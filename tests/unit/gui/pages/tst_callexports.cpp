// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls as code, as documents and as files.

#include "gui/action/calldocument.h"
#include "gui/action/callexporter.h"
#include "gui/action/codesnippet.h"
#include "gui/action/exportdialog.h"
#include "gui/action/indentedjson.h"
#include "gui/action/listcsv.h"
#include "gui/model/requestlistmodel.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QByteArray nastyText
    = "\"quoted\" \\ 'single' </script><img src=x onerror=alert(1)> ```\n\ttab ${HOME} $(id) é \u2028 end";

QJsonObject exportedCall(const QByteArray& body = {})
{
    QJsonObject call = sampleSummary(QStringLiteral("id-1"));
    const QByteArray sent = body.isEmpty()
        ? QJsonDocument(QJsonObject{{QStringLiteral("model"), QStringLiteral("claude")},
                            {QStringLiteral("text"), QString::fromUtf8(nastyText)}})
              .toJson(QJsonDocument::Compact)
        : body;
    call.insert(QStringLiteral("request"),
        QJsonObject{{QStringLiteral("method"), QStringLiteral("POST")},
            {QStringLiteral("upstream"), QStringLiteral("https://api.anthropic.com")},
            {QStringLiteral("target"), QStringLiteral("/v1/messages?key=***&x=1")},
            {QStringLiteral("headers"),
                QJsonArray{QJsonArray{QStringLiteral("x-api-key"), QStringLiteral("***")},
                    QJsonArray{QStringLiteral("Authorization"), QStringLiteral("Bearer ***")},
                    QJsonArray{QStringLiteral("content-type"), QStringLiteral("application/json")},
                    QJsonArray{QStringLiteral("Host"), QStringLiteral("localhost")}}},
            {QStringLiteral("bytes"), sent.size()},
            {QStringLiteral("body"), QJsonObject{{QStringLiteral("text"), QString::fromUtf8(sent)}}}});
    const auto part = [](const char* kind, const QJsonObject& more) {
        QJsonObject one = more;
        one.insert(QStringLiteral("kind"), QLatin1String(kind));
        return one;
    };
    call.insert(QStringLiteral("input"),
        QJsonObject{{QStringLiteral("messages"),
            QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("user")},
                {QStringLiteral("parts"),
                    QJsonArray{part("text", {{QStringLiteral("text"), QString::fromUtf8(nastyText)}}),
                        part("image",
                            {{QStringLiteral("mediaType"), QStringLiteral("image/png")},
                                {QStringLiteral("text"), QStringLiteral("iVBORw0KGgo")}})}}}}}});
    call.insert(QStringLiteral("output"),
        QJsonObject{{QStringLiteral("messages"),
            QJsonArray{QJsonObject{{QStringLiteral("role"), QStringLiteral("assistant")},
                {QStringLiteral("parts"),
                    QJsonArray{part("thinking", {{QStringLiteral("text"), QStringLiteral("hm")}}),
                        part("tool_call",
                            {{QStringLiteral("name"), QStringLiteral("search")},
                                {QStringLiteral("json"), QJsonObject{{QStringLiteral("q"), 1}}}})}}}}}});
    return call;
}

QByteArray fileContent(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

} // namespace

class TestCallExports final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // A real Python runs it, with a `requests` that says what it was given.
    void pythonSendsWhatWasSent()
    {
        const QString interpreter = QStandardPaths::findExecutable(QStringLiteral("python3"));
        if (interpreter.isEmpty())
            QSKIP("no python3 here");
        QTemporaryDir folder;
        QFile module(folder.filePath(QStringLiteral("requests.py")));
        QVERIFY(module.open(QIODevice::WriteOnly));
        module.write("import json, sys\n"
                     "class Answer:\n"
                     "    def iter_lines(self): return []\n"
                     "def request(method, url, headers, data, stream):\n"
                     "    sys.stdout.write(json.dumps([method, url, headers, data.decode()]))\n"
                     "    return Answer()\n");
        module.close();
        const QJsonObject call = exportedCall();
        QProcess python;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PYTHONPATH"), folder.path());
        environment.insert(QStringLiteral("PYTHONUTF8"), QStringLiteral("1"));
        environment.insert(QStringLiteral("ANTHROPIC_API_KEY"), QStringLiteral("sk-ant-real"));
        python.setProcessEnvironment(environment);
        python.start(interpreter, {QStringLiteral("-c"), codeSnippet(call, SnippetLanguage::Python)});
        QVERIFY(python.waitForFinished());
        const QByteArray errors = python.readAllStandardError();
        QVERIFY2(python.exitCode() == 0, errors.constData());
        const QJsonArray sent = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
        QCOMPARE(sent.at(0).toString(), QStringLiteral("POST"));
        QCOMPARE(sent.at(1).toString(),
            QStringLiteral("https://api.anthropic.com/v1/messages?key=sk-ant-real&x=1"));
        const QJsonObject headers = sent.at(2).toObject();
        QCOMPARE(headers.value(QLatin1String("x-api-key")).toString(), QStringLiteral("sk-ant-real"));
        QCOMPARE(
            headers.value(QLatin1String("Authorization")).toString(), QStringLiteral("Bearer sk-ant-real"));
        QCOMPARE(headers.size(), 3); // Host is the client's own business
        QCOMPARE(sent.at(3), call[QLatin1String("request")][QLatin1String("body")][QLatin1String("text")]);
    }

    void typeScriptHoldsTheBodyAsAnObject()
    {
        const QString code = codeSnippet(exportedCall(), SnippetLanguage::TypeScript);
        QVERIFY2(code.contains(QLatin1String(
                     "fetch(\"https://api.anthropic.com/v1/messages?key=\" + process.env.ANTHROPIC_API_KEY + "
                     "\"&x=1\", {")),
            qPrintable(code));
        QVERIFY(
            code.contains(QLatin1String("\"Authorization\": \"Bearer \" + process.env.ANTHROPIC_API_KEY,")));
        QVERIFY(code.contains(QLatin1String("\"model\": \"claude\"")));
        QVERIFY(!code.contains(QLatin1String("***")));
        QVERIFY(codeSnippet(exportedCall("not json"), SnippetLanguage::TypeScript)
                    .contains(QLatin1String("body: \"not json\",")));
    }

    void jsonIsIndentedAndNothingElse_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("indented");
        QTest::newRow("order") << QByteArray("{\"b\":1,\"a\":[1.0,2e5,12345678901234567890]}")
                               << QByteArray("{\n  \"b\": 1,\n  \"a\": [\n    1.0,\n    2e5,\n"
                                             "    12345678901234567890\n  ]\n}");
        QTest::newRow("empty") << QByteArray("{\"a\":{ },\"b\":[]}")
                               << QByteArray("{\n  \"a\": {},\n  \"b\": []\n}");
        QTest::newRow("in texts") << QByteArray("[\"a{ , : \\\" [\",true]")
                                  << QByteArray("[\n  \"a{ , : \\\" [\",\n  true\n]");
        QTest::newRow("escapes stay")
            << QByteArray("[\"\\u00e9\\\\\"]") << QByteArray("[\n  \"\\u00e9\\\\\"\n]");
        QTest::newRow("no json") << QByteArray("{\"a\":") << QByteArray("{\"a\":");
        QTest::newRow("indented already")
            << QByteArray("{\n\t\"a\" : 1\r\n}") << QByteArray("{\n  \"a\": 1\n}");
    }
    void jsonIsIndentedAndNothingElse()
    {
        QFETCH(QByteArray, json);
        QTEST(indentedJson(json), "indented");
        QCOMPARE(indentedJson(indentedJson(json)), indentedJson(json));
    }

    void documentsHoldTheConversation()
    {
        const QString text = QString::fromUtf8(CallDocument::markdown(exportedCall()));
        QVERIFY(text.startsWith(QLatin1String("# claude-opus-4-6\n")));
        QVERIFY(text.contains(QLatin1String("## User\n")));
        QVERIFY(text.contains(QString::fromUtf8(nastyText)));
        QVERIFY(text.contains(QLatin1String("## Thinking\n\nhm\n")));
        QVERIFY(text.contains(QLatin1String("## Tool call: search\n\n```\n{\n    \"q\": 1\n}\n```")));
        QVERIFY(text.contains(QLatin1String("image/png")));
        QVERIFY(!text.contains(QLatin1String("iVBORw0KGgo"))); // named, not put in
    }

    void pagesRunNothing()
    {
        const QByteArray page
            = CallDocument::htmlHead() + CallDocument::html(exportedCall()) + CallDocument::htmlTail();
        QVERIFY(page.contains("default-src 'none'"));
        QVERIFY(!page.contains("<script"));
        QVERIFY(!page.contains("<img"));
        QVERIFY(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
        QVERIFY(!page.contains("http://"));
        QVERIFY(!page.contains("https://"));
        QCOMPARE(page.count("<section>"), page.count("</section>"));
    }

    void filesHoldEveryCall_data()
    {
        QTest::addColumn<int>("format");
        QTest::newRow("har") << int(ExportFormat::Har);
        QTest::newRow("jsonl") << int(ExportFormat::JsonLines);
        QTest::newRow("records") << int(ExportFormat::Records);
        QTest::newRow("markdown") << int(ExportFormat::Markdown);
        QTest::newRow("html") << int(ExportFormat::Html);
    }
    void filesHoldEveryCall()
    {
        QFETCH(int, format);
        QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("out"));
        ScriptedSource source;
        CallExporter exporter(&source, {"a", "gone", "c"}, ExportFormat(format));
        QSignalSpy finished(&exporter, &CallExporter::finished);
        QSignalSpy progressed(&exporter, &CallExporter::progressed);
        exporter.start(name);
        const QByteArray suffix = format == int(ExportFormat::Records) ? QByteArray("/record") : QByteArray();
        QCOMPARE(source.answerNext(QJsonDocument(exportedCall()).toJson(QJsonDocument::Compact)),
            "/api/traces/a" + suffix);
        QVERIFY(!QFileInfo::exists(name)); // not before all is there
        QCOMPARE(
            source.answerNext(R"({"error":{"message":"no such trace"}})", 404), "/api/traces/gone" + suffix);
        source.answerNext(QJsonDocument(exportedCall()).toJson(QJsonDocument::Compact));
        QCOMPARE(finished.size(), 1);
        QCOMPARE(finished.first().at(0).toString(), QString());
        QCOMPARE(finished.first().at(1).toInt(), 1);
        QCOMPARE(progressed.last().at(0).toInt(), 3);
        const QByteArray content = fileContent(name);
        if (format == int(ExportFormat::Har)) {
            const QJsonObject log
                = QJsonDocument::fromJson(content).object().value(QLatin1String("log")).toObject();
            QCOMPARE(log.value(QLatin1String("version")).toString(), QStringLiteral("1.2"));
            QCOMPARE(log.value(QLatin1String("entries")).toArray().size(), 2);
        } else if (format == int(ExportFormat::Html)) {
            QCOMPARE(content.count("<article>"), 2);
            QVERIFY(content.endsWith("</html>\n"));
        } else if (format == int(ExportFormat::Markdown)) {
            QCOMPARE(content.count("# claude-opus-4-6\n"), 2);
        } else {
            QCOMPARE(content.count('\n'), 2);
            QVERIFY(!QJsonDocument::fromJson(content.split('\n').first()).isNull());
        }
        QCOMPARE(
            QFileInfo(name).permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
    }

    void whatFailsLeavesTheOldFile()
    {
        QTemporaryDir folder;
        const QString name = folder.filePath(QStringLiteral("out.har"));
        QFile old(name);
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("old");
        old.close();
        ScriptedSource source;
        CallExporter exporter(&source, {"a", "b"}, ExportFormat::Har);
        QSignalSpy finished(&exporter, &CallExporter::finished);
        exporter.start(name);
        source.answerNext("{}");
        source.answerNext(R"({"error":{"message":"The database is gone"}})", 503);
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.first().first().toString(), QStringLiteral("The database is gone"));
        QCOMPARE(fileContent(name), "old");
        CallExporter nowhere(&source, {"a"}, ExportFormat::Har);
        QSignalSpy failed(&nowhere, &CallExporter::finished);
        nowhere.start(folder.filePath(QStringLiteral("no/such/folder/x.har")));
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(!failed.first().first().toString().isEmpty());
    }

    void theDialogExportsWhatIsChosen()
    {
        QTemporaryDir folder;
        ScriptedSource source;
        ExportDialog dialog(&source, {{"b"}, {"a", "b", "c"}, "selected\r\n", "shown\r\n"});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        keepPicture(&dialog, QStringLiteral("export"));
        auto* format = dialog.findChild<QComboBox*>(QStringLiteral("exportFormat"));
        const QString name = folder.filePath(QStringLiteral("calls"));
        format->setCurrentIndex(format->findData(int(ExportFormat::JsonLines)));
        dialog.writeTo(name);
        for (int i = 0; i < 3; ++i) // one call is no choice: all that are shown
            QVERIFY(!source.answerNext("{\"n\":" + QByteArray::number(i) + '}').isEmpty());
        QCOMPARE(fileContent(name), "{\"n\":0}\n{\"n\":1}\n{\"n\":2}\n");
        QVERIFY(!dialog.isVisible());
        ExportDialog other(&source, {{"b", "c"}, {"a", "b", "c"}, "selected\r\n", "shown\r\n"});
        other.show();
        auto* csv = other.findChild<QComboBox*>(QStringLiteral("exportFormat"));
        csv->setCurrentIndex(3);
        other.writeTo(name);
        QCOMPARE(fileContent(name), "selected\r\n");
        ExportDialog nothing(&source, {});
        nothing.show();
        QVERIFY(!nothing.findChild<QPushButton*>(QStringLiteral("exportSave"))->isEnabled());
    }

    // What the list shows, painted cells in words.
    void csvIsTheListAsItIsShown()
    {
        RequestListModel model;
        model.update({sampleCall(1), sampleCall(2)});
        const QByteArray csv
            = listCsv(model, {1, 0}, {RequestColumns::Model, RequestColumns::State, RequestColumns::Request});
        const QList<QByteArray> lines = csv.split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY2(lines.at(1).startsWith("claude-opus-4-6,"), csv.constData());
        QVERIFY(lines.at(1).contains("question 2"));
        QVERIFY(lines.at(2).contains("question 1"));
        QVERIFY2(!lines.at(1).contains(",,"), csv.constData());
    }
};

REGISTER_TEST(TestCallExports)
#include "tst_callexports.moc"
