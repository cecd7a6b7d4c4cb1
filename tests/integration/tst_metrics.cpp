// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// GET /metrics of the real program, read by a strict parser, by promtool and by a real Prometheus.

#include "apirequest.h"
#include "support/prometheustext.h"
#include "support/testprogram.h"

#include <QDateTime>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTcpServer>
#include <QTemporaryDir>

#include <algorithm>

namespace {

const QByteArray meteredKey = "sk-metered-0123456789abcdef";

UpstreamScript answerMetered(const ReceivedRequest& request)
{
    if (request.body.contains("refuse"))
        return Answer::json(429, R"({"error":{"type":"rate_limit_error","message":"slow down"}})");
    if (request.body.contains("\"stream\":true")) {
        return Answer::sse(
            {R"(data: {"id":"c","model":"gpt-5-2025-08-07","choices":[{"index":0,"delta":{"content":"Hel"}}]})"
             "\n\n",
                R"(data: {"id":"c","model":"gpt-5-2025-08-07","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}})"
                "\n\n",
                "data: [DONE]\n\n"});
    }
    return chatAnswer();
}

QByteArray metricsOf(const TracedProxy& site)
{
    const Result<RawResponse> response = site.exchange(apiText("GET", "/metrics"));
    return response && response->status == 200 ? response->body : reasonOf(response);
}

/// Until so many calls have been counted.
PrometheusText metricsAfter(const TracedProxy& site, int calls)
{
    QByteArray text;
    (void)QTest::qWaitFor(
        [&] {
            text = metricsOf(site);
            return PrometheusText(text).value("langfuse_proxy_requests_total") >= calls;
        },
        10000);
    return PrometheusText(text);
}

QByteArray bodyWith(const QByteArray& members)
{
    return R"({"model":"gpt-5","messages":[{"role":"user","content":"Hi"}])" + members + '}';
}

} // namespace

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void countsRealCalls();
    void measuresWhatItAdds();
    void tellsOfTheProcessAndTheLedger();
    void holdsNoSecretAndNoPath();
    void isBehindTheDoorOfTheApi();
    void hasEveryNameOfTheDashboard();
    void satisfiesPromtool();
    void isScrapedByPrometheus();

private:
    TracedProxy m_site{answerMetered, {{"UPSTREAM_API_KEY", meteredKey}}};
};

void TestMetrics::initTestCase()
{
    QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText());
    RawClient client(m_site.proxy.port());
    for (const QByteArray& members :
        {QByteArray(), QByteArray(",\"stream\":true"), QByteArray(",\"x\":\"refuse\"")}) {
        QVERIFY(client.send(
            chatRequest("r", "Authorization: Bearer sk-consumer-0123456789abcdef\r\n", bodyWith(members))));
        const auto response = client.readResponse("POST");
        QVERIFY2(response, reasonOf(response).constData());
    }
    QCOMPARE(m_site.statusOf(requestText("POST", "/nowhere/secret-path", {}, "{}")), 404);
    QTRY_COMPARE_WITH_TIMEOUT(m_site.count("delivered"), 3, 10000);
}

void TestMetrics::countsRealCalls()
{
    const Result<RawResponse> response = m_site.exchange(apiText("GET", "/metrics"));
    QVERIFY2(response, reasonOf(response).constData());
    QCOMPARE(response->headers.value("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    const PrometheusText text = metricsAfter(m_site, 4);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    const QMap<QByteArray, QByteArray> chat{{"provider", "openai"}, {"route", "openai.chat"}};
    QMap<QByteArray, QByteArray> good = chat;
    good.insert("status", "200");
    QCOMPARE(text.value("langfuse_proxy_requests_total", good), 2.0);
    QCOMPARE(text.value("langfuse_proxy_requests_total", {{"status", "429"}}), 1.0);
    QCOMPARE(text.value("langfuse_proxy_requests_total", {{"provider", "none"}, {"status", "404"}}), 1.0);
    QCOMPARE(text.value("langfuse_proxy_tokens_total", {{"kind", "input"}}), 6.0);
    QCOMPARE(text.value("langfuse_proxy_tokens_total", {{"kind", "output"}}), 4.0);
    QVERIFY(text.value("langfuse_proxy_cost_usd_total", {{"model", "gpt-5-2025-08-07"}}) > 0);
    QCOMPARE(
        text.value("gen_ai_client_operation_duration_seconds_count", {{"gen_ai_request_model", "gpt-5"}}),
        3.0);
    QCOMPARE(text.value("gen_ai_client_operation_duration_seconds_count", {{"error_type", "429"}}), 1.0);
    QCOMPARE(text.value("gen_ai_server_time_to_first_token_seconds_count"), 1.0);
    QCOMPARE(text.value("langfuse_proxy_upstream_head_seconds_count", chat), 3.0);
}

void TestMetrics::measuresWhatItAdds()
{
    const PrometheusText text = metricsAfter(m_site, 4);
    // The first call opened the upstream connection, and is not counted on the way there.
    QCOMPARE(text.value("langfuse_proxy_added_latency_seconds_count", {{"leg", "request"}}), 2.0);
    QCOMPARE(text.value("langfuse_proxy_added_latency_seconds_count", {{"leg", "response"}}), 3.0);
    for (const char* leg : {"request", "response"}) {
        const double sum = text.value("langfuse_proxy_added_latency_seconds_sum", {{"leg", leg}});
        QVERIFY2(sum > 0 && sum < 1, QByteArray::number(sum).constData());
    }
}

void TestMetrics::tellsOfTheProcessAndTheLedger()
{
    const PrometheusText text = metricsAfter(m_site, 4);
    QCOMPARE(text.value("langfuse_proxy_ledger_traces", {{"state", "delivered"}}), 3.0);
    QCOMPARE(text.value("langfuse_proxy_ledger_traces"), text.value("langfuse_proxy_ledger_captured_traces"));
    QCOMPARE(text.value("langfuse_proxy_ledger_bytes"), text.value("langfuse_proxy_ledger_captured_bytes"));
    QCOMPARE(text.value("langfuse_proxy_outbox_oldest_age_seconds"), 0.0);
    QCOMPARE(text.value("langfuse_proxy_delivery_enabled"), 1.0);
    QVERIFY(text.value("langfuse_proxy_delivery_last_success_timestamp_seconds") > 1.7e9);
    QVERIFY(text.value("langfuse_proxy_open_connections") >= 1); // this one
    QCOMPARE(text.value("langfuse_proxy_open_calls"), 0.0);
    QCOMPARE(text.value("langfuse_proxy_open_streams"), 0.0);
    QCOMPARE(text.value("langfuse_proxy_event_subscribers"), 0.0);
    QVERIFY(text.value("langfuse_proxy_response_bytes_total") > 300);
    QCOMPARE(text.value("langfuse_proxy_build_info"), 1.0);
#ifdef Q_OS_LINUX
    QVERIFY(text.value("process_resident_memory_bytes") > 1e6);
    QVERIFY(text.value("process_open_fds") > 5);
    QVERIFY(text.value("process_open_fds") < text.value("process_max_fds"));
    const double started = text.value("process_start_time_seconds");
    const auto now = double(QDateTime::currentSecsSinceEpoch());
    QVERIFY2(started > now - 300 && started < now + 5, QByteArray::number(started, 'f').constData());
#endif
}

void TestMetrics::holdsNoSecretAndNoPath()
{
    const QByteArray text = metricsOf(m_site);
    for (const QByteArray& secret : {meteredKey, QByteArray("sk-consumer"), QByteArray("sk-lf-test"),
             QByteArray("secret-path"), QByteArray("slow down"), QByteArray("/v1/")})
        QVERIFY2(!text.contains(secret), text.constData());
}

void TestMetrics::isBehindTheDoorOfTheApi()
{
    const auto foreign = m_site.exchange(requestText("GET", "/metrics", {})); // Host: proxy.example
    QVERIFY2(foreign, reasonOf(foreign).constData());
    QCOMPARE(foreign->status, 403);
    const auto posted = m_site.exchange(apiText("POST", "/metrics"));
    QVERIFY2(posted, reasonOf(posted).constData());
    QCOMPARE(posted->status, 405);
    const auto page = m_site.exchange(apiText("GET", "/metrics", "Origin: http://evil.example\r\n"));
    QVERIFY2(page, reasonOf(page).constData());
    QCOMPARE(page->status, 403);
    const QList<ReceivedRequest> passed = m_site.upstream.requests();
    QVERIFY(std::none_of(passed.begin(), passed.end(),
        [](const ReceivedRequest& request) { return request.target.contains("metrics"); }));
}

void TestMetrics::hasEveryNameOfTheDashboard()
{
    QFile file(QStringLiteral(SOURCE_DIR "/packaging/grafana/langfuse-proxy.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QJsonParseError fault{};
    const QJsonObject dashboard = QJsonDocument::fromJson(file.readAll(), &fault).object();
    QVERIFY2(fault.error == QJsonParseError::NoError, qPrintable(fault.errorString()));
    const PrometheusText text = metricsAfter(m_site, 4);
    static const QRegularExpression name(
        QStringLiteral("\\b(langfuse_proxy|gen_ai|process)_[a-z_]+\\b(?!\")"));
    static const QRegularExpression notLabels(QStringLiteral("\\{[^}]*\\}|by ?\\([^)]*\\)"));
    int expressions = 0;
    for (const QJsonValue& panel : dashboard[QLatin1String("panels")].toArray()) {
        for (const QJsonValue& target : panel[QLatin1String("targets")].toArray()) {
            ++expressions;
            QString expression = target[QLatin1String("expr")].toString();
            auto names = name.globalMatch(expression.remove(notLabels));
            QVERIFY2(names.hasNext(), qPrintable(expression));
            while (names.hasNext()) {
                QByteArray metric = names.next().captured().toUtf8();
                for (const char* suffix : {"_bucket", "_sum", "_count"}) {
                    if (metric.endsWith(suffix))
                        metric.chop(int(qstrlen(suffix)));
                }
                QVERIFY2(text.types().contains(metric), metric.constData());
            }
        }
    }
    QVERIFY(expressions > 10);
}

void TestMetrics::satisfiesPromtool()
{
    const QString promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
    if (promtool.isEmpty())
        QSKIP("promtool is not installed (Debian: prometheus)");
    QProcess process;
    process.start(promtool, {QStringLiteral("check"), QStringLiteral("metrics")});
    QVERIFY(process.waitForStarted());
    process.write(metricsOf(m_site));
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished());
    const QByteArray said = process.readAllStandardError() + process.readAllStandardOutput();
    QVERIFY2(process.exitCode() == 0 && said.isEmpty(), said.constData());
}

void TestMetrics::isScrapedByPrometheus()
{
    const QString prometheus = QStandardPaths::findExecutable(QStringLiteral("prometheus"));
    if (prometheus.isEmpty())
        QSKIP("prometheus is not installed (Debian: prometheus)");
    QTemporaryDir directory;
    QFile config(directory.filePath(QStringLiteral("prometheus.yml")));
    QVERIFY(config.open(QIODevice::WriteOnly));
    config.write("global: {scrape_interval: 1s, scrape_timeout: 1s}\nscrape_configs:\n- job_name: proxy\n"
                 "  static_configs: [{targets: ['127.0.0.1:"
        + QByteArray::number(m_site.proxy.port()) + "']}]\n");
    config.close();
    // It cannot be asked for any free port, nor say which it took.
    quint16 port = 0;
    {
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        port = free.serverPort();
    }
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(prometheus,
        {QStringLiteral("--config.file=") + config.fileName(),
            QStringLiteral("--storage.tsdb.path=") + directory.filePath(QStringLiteral("data")),
            QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(port)});
    QVERIFY(process.waitForStarted());
    const auto asked = [&](const QByteArray& query) {
        RawClient client(port);
        if (!client.isConnected()
            || !client.send("GET /api/v1/query?query=" + query + " HTTP/1.1\r\nHost: x\r\n\r\n"))
            return QJsonArray();
        const auto response = client.readResponse();
        return response ? QJsonDocument::fromJson(response->body)
                              .object()[QLatin1String("data")]
                              .toObject()[QLatin1String("result")]
                              .toArray()
                        : QJsonArray();
    };
    const auto valueOf = [&](const QByteArray& query) {
        return asked(query).first()[QLatin1String("value")].toArray().at(1).toString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(valueOf("up"), QStringLiteral("1"), 30000);
    QTRY_COMPARE_WITH_TIMEOUT(
        valueOf("sum(langfuse_proxy_requests_total{status=\"200\"})"), QStringLiteral("2"), 10000);
    QVERIFY(valueOf("sum(langfuse_proxy_cost_usd_total)").toDouble() > 0);
    process.terminate();
    if (!process.waitForFinished(10000))
        process.kill();
}

REGISTER_TEST(TestMetrics)
#include "tst_metrics.moc"
