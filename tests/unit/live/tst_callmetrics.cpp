// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What calls leave in the metrics, and how that is written.

#include "live/callmetrics.h"
#include "support/prometheustext.h"
#include "support/testprogram.h"

#include <QTest>

namespace {

TraceRecord meteredCall(const QByteArray& model)
{
    TraceRecord record;
    record.provider = "openai";
    record.dialect = "openai.chat";
    record.status = 200;
    record.requestModel = model;
    record.isStream = true;
    record.requestSentUs = 1'000;
    record.responseHeadUs = 251'000;
    record.firstTokenUs = 400'000;
    record.durationUs = 2'000'000;
    record.usage.emplace();
    record.usage->input = 10;
    record.usage->inputCached = 90;
    record.usage->output = 7;
    record.cost = Cost{Cost::Source::PriceFile, 1'500'000'000, {}, {}};
    return record;
}

PrometheusText textOf(const CallMetrics& metrics)
{
    MetricsText out;
    metrics.write(&out);
    return PrometheusText(out.text());
}

} // namespace

class TestCallMetrics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesDecimals_data();
    void writesDecimals();
    void escapesLabels();
    void countsCalls();
    void tellsStatusesApart_data();
    void tellsStatusesApart();
    void leavesOutWhatIsNoOperation();
    void boundsModels();
    void measuresItself();
    void putsValuesIntoBuckets();
};

void TestCallMetrics::writesDecimals_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("decimals");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("whole") << qint64(12) << 0 << QByteArray("12");
    QTest::newRow("zero") << qint64(0) << 6 << QByteArray("0");
    QTest::newRow("small") << qint64(10'000) << 9 << QByteArray("0.00001");
    QTest::newRow("mixed") << qint64(1'500) << 3 << QByteArray("1.5");
    QTest::newRow("negative") << qint64(-1'500) << 3 << QByteArray("-1.5");
}

void TestCallMetrics::writesDecimals()
{
    QFETCH(qint64, value);
    QFETCH(int, decimals);
    QTEST(MetricsText::decimalText(value, decimals), "text");
}

void TestCallMetrics::escapesLabels()
{
    MetricsText out;
    out.family("x", MetricsText::Type::Gauge, "back\\slash\nline");
    out.sample({{"label", "a\"b\\c\nd\xff"}}, 1);
    QCOMPARE(out.text(),
        "# HELP x back\\\\slash\\nline\n# TYPE x gauge\nx{label=\"a\\\"b\\\\c\\nd\xef\xbf\xbd\"} 1\n");
    const PrometheusText text(out.text());
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QCOMPARE(text.samples().first().labels.value("label"), "a\"b\\c\nd\xef\xbf\xbd");
}

void TestCallMetrics::countsCalls()
{
    CallMetrics metrics;
    metrics.addCall(meteredCall("gpt-5"));
    TraceRecord unpriced = meteredCall("gpt-5");
    unpriced.cost.reset();
    metrics.addCall(unpriced);
    const PrometheusText text = textOf(metrics);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QCOMPARE(text.value("langfuse_proxy_requests_total",
                 {{"provider", "openai"}, {"route", "openai.chat"}, {"status", "200"}}),
        2.0);
    QCOMPARE(
        text.value("langfuse_proxy_tokens_total", {{"model", "gpt-5"}, {"kind", "input_cached"}}), 180.0);
    QCOMPARE(text.value("langfuse_proxy_cost_usd_total", {{"model", "gpt-5"}}), 0.0015);
    QCOMPARE(text.value("langfuse_proxy_calls_without_cost_total", {{"model", "gpt-5"}}), 1.0);
    const QMap<QByteArray, QByteArray> chat{{"gen_ai_operation_name", "chat"},
        {"gen_ai_provider_name", "openai"}, {"gen_ai_request_model", "gpt-5"}};
    QCOMPARE(text.value("gen_ai_client_operation_duration_seconds_sum", chat), 4.0);
    QCOMPARE(text.value("gen_ai_server_time_to_first_token_seconds_sum", chat), 0.8);
    QCOMPARE(text.value("langfuse_proxy_upstream_head_seconds_sum"), 0.5);
    QMap<QByteArray, QByteArray> input = chat;
    input.insert("gen_ai_token_type", "input");
    QCOMPARE(text.value("gen_ai_client_token_usage_sum", input), 200.0);
}

void TestCallMetrics::tellsStatusesApart_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("outcome");
    QTest::addColumn<QByteArray>("label");
    QTest::addColumn<QByteArray>("error");
    QTest::newRow("good") << 200 << int(CallOutcome::Completed) << QByteArray("200") << QByteArray();
    QTest::newRow("limited") << 429 << int(CallOutcome::Completed) << QByteArray("429") << QByteArray("429");
    QTest::newRow("no answer") << 0 << int(CallOutcome::UpstreamFailed) << QByteArray("502")
                               << QByteArray("connection_error");
    QTest::newRow("too late") << 0 << int(CallOutcome::TimedOut) << QByteArray("502")
                              << QByteArray("timeout");
    QTest::newRow("left") << 0 << int(CallOutcome::ClientCancelled) << QByteArray("none")
                          << QByteArray("cancelled");
    QTest::newRow("odd") << 999 << int(CallOutcome::Completed) << QByteArray("other") << QByteArray("999");
}

void TestCallMetrics::tellsStatusesApart()
{
    QFETCH(int, status);
    QFETCH(int, outcome);
    QFETCH(QByteArray, label);
    QFETCH(QByteArray, error);
    CallMetrics metrics;
    TraceRecord record = meteredCall("m");
    record.status = status;
    record.outcome = CallOutcome(outcome);
    metrics.addCall(record);
    const PrometheusText text = textOf(metrics);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QCOMPARE(text.value("langfuse_proxy_requests_total", {{"status", label}}), 1.0);
    QCOMPARE(text.value("gen_ai_client_operation_duration_seconds_count", {{"error_type", error}}), 1.0);
}

void TestCallMetrics::leavesOutWhatIsNoOperation()
{
    CallMetrics metrics;
    TraceRecord counted = meteredCall("m");
    counted.dialect = "anthropic.countTokens";
    metrics.addCall(counted);
    TraceRecord refused;
    refused.status = 404;
    refused.outcome = CallOutcome::Rejected;
    metrics.addCall(refused);
    const PrometheusText text = textOf(metrics);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QCOMPARE(text.value("gen_ai_client_operation_duration_seconds_count"), -1.0);
    QCOMPARE(text.value("langfuse_proxy_tokens_total"), -1.0);
    QCOMPARE(text.value("langfuse_proxy_requests_total", {{"provider", "none"}, {"status", "404"}}), 1.0);
}

void TestCallMetrics::boundsModels()
{
    CallMetrics metrics;
    TraceRecord failed = meteredCall("nobody-has-it");
    failed.status = 404;
    metrics.addCall(failed);
    for (int i = 0; i < 500; ++i)
        metrics.addCall(meteredCall("model-" + QByteArray::number(i) + QByteArray(300, 'x')));
    const PrometheusText text = textOf(metrics);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QSet<QByteArray> models;
    for (const PrometheusSample& sample : text.samples()) {
        for (const char* label : {"model", "gen_ai_request_model"}) {
            if (sample.labels.contains(label))
                models.insert(sample.labels.value(label));
        }
    }
    QCOMPARE(models.size(), CallMetrics::maxModels + 1);
    QVERIFY(models.contains("other") && !models.contains("nobody-has-it"));
    for (const QByteArray& model : models)
        QVERIFY(model.size() <= 128);
    QCOMPARE(text.value("langfuse_proxy_tokens_total", {{"model", "other"}, {"kind", "output"}}), 401 * 7.0);
}

void TestCallMetrics::measuresItself()
{
    CallMetrics metrics;
    metrics.addLatency(CallEnd{});
    CallEnd end;
    end.addedToRequestNs = 30'000;
    end.addedToResponseNs = 15'000;
    metrics.addLatency(end);
    const PrometheusText text = textOf(metrics);
    QVERIFY2(text.faults().isEmpty(), qPrintable(text.faults().join(u'\n')));
    QCOMPARE(text.value("langfuse_proxy_added_latency_seconds_count", {{"leg", "request"}}), 1.0);
    QCOMPARE(text.value("langfuse_proxy_added_latency_seconds_sum", {{"leg", "response"}}), 0.000015);
    QCOMPARE(
        text.value("langfuse_proxy_added_latency_seconds_bucket", {{"leg", "request"}, {"le", "0.00002"}}),
        0.0);
    QCOMPARE(
        text.value("langfuse_proxy_added_latency_seconds_bucket", {{"leg", "request"}, {"le", "0.00004"}}),
        1.0);
}

void TestCallMetrics::putsValuesIntoBuckets()
{
    static constexpr qint64 bounds[]{10, 20};
    Histogram histogram(bounds);
    for (qint64 value : {0, 10, 11, 20, 21})
        histogram.add(value);
    QCOMPARE(histogram.countUpTo(0), 2);
    QCOMPARE(histogram.countUpTo(1), 4);
    QCOMPARE(histogram.countUpTo(2), 5);
    QCOMPARE(histogram.sum(), 62);
}

REGISTER_TEST(TestCallMetrics)
#include "tst_callmetrics.moc"
