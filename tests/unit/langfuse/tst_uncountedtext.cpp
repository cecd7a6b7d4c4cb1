// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Langfuse counts and charges the text of a generation without usage itself (langfuse.md 3). It may do so
// with what was said; never with our notes, and never with pieces.

#include "langfuse/otlpmapping.h"
#include "langfuse/spanshrinker.h"
#include "support/testprogram.h"

#include "samplerecord.h"

#include <functional>

using RecordChange = std::function<void(TraceRecord*)>;
Q_DECLARE_METATYPE(RecordChange)

class TestUncountedText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void maps_data();
    void maps();
    void mapsACutSpan();
};

namespace {

QByteArray attributeOf(const OtlpSpan& span, QByteArrayView key)
{
    const SpanAttribute* attribute = span.find(key);
    return attribute ? attribute->text : QByteArray("(none)");
}

} // namespace

void TestUncountedText::maps_data()
{
    QTest::addColumn<RecordChange>("change");
    QTest::addColumn<bool>("isCounted"); // by Langfuse
    QTest::addColumn<QByteArray>("usage");
    const auto row
        = [](const char* name, bool isCounted, const RecordChange& change, const char* usage = "(none)") {
              const RecordChange both = [change](TraceRecord* record) {
                  record->usage.reset();
                  change(record);
              };
              QTest::newRow(name) << both << isCounted << QByteArray(usage);
          };
    const auto nothing = [](TraceRecord*) {};
    const auto cancelled = [](TraceRecord* r) {
        r->outcome = CallOutcome::ClientCancelled;
        r->errorCode = "client_cancelled";
    };
    row("all that was said", true, nothing);
    row("cancelled", true, cancelled);
    row("content left out", false, [](TraceRecord* r) { r->isContentOmitted = true; });
    row("bodies dropped", false, [](TraceRecord* r) { r->bodiesDropped = true; });
    row("cut", false, [](TraceRecord* r) { r->isTruncated = true; });
    row("cut and cancelled", false, [cancelled](TraceRecord* r) {
        cancelled(r);
        r->isTruncated = true;
    });
    row("withheld", false, [](TraceRecord* r) { r->withheldTexts = 1; });
    row("not answered yet", false, [](TraceRecord* r) { r->output = {}; });
    row("the consumer's own word for it", false, [](TraceRecord* r) {
        r->isTruncated = true;
        r->attribution.metadata = {{"model", "\"mine\""}};
    });
    const char* const noUsage = R"({"input":0,"output":0,"total":0})";
    row(
        "failed, content left out", true,
        [](TraceRecord* r) {
            r->isContentOmitted = true;
            r->status = 400;
        },
        noUsage);
    row(
        "counted, content left out", true,
        [](TraceRecord* r) {
            r->isContentOmitted = true;
            r->usage = sampleRecord().usage;
        },
        R"({"input":10,"output":5,"total":15})");
}

void TestUncountedText::maps()
{
    QFETCH(RecordChange, change);
    QFETCH(bool, isCounted);
    TraceRecord record = sampleRecord();
    change(&record);
    const OtlpSpan span = OtlpMapping::toSpan(record, {});
    const QByteArray model = "gpt-5.5-2026-04-23";
    QCOMPARE(attributeOf(span, "langfuse.observation.type"), "generation");
    QCOMPARE(span.name, model);
    QCOMPARE(attributeOf(span, OtlpMapping::modelKey), isCounted ? model : QByteArray("(none)"));
    QCOMPARE(
        attributeOf(span, "langfuse.observation.metadata.model"), isCounted ? QByteArray("(none)") : model);
    QTEST(attributeOf(span, OtlpMapping::usageKey), "usage");
}

void TestUncountedText::mapsACutSpan()
{
    TraceRecord record = sampleRecord();
    record.input.messages = {textMessage("user", QByteArray(100 * 1024, 'a'))};
    const QByteArray model = "gpt-5.5-2026-04-23";
    const OtlpSpan counted = SpanShrinker::shrink(OtlpMapping::toSpan(record, {}), 64 * 1024);
    QCOMPARE(attributeOf(counted, OtlpMapping::modelKey), model);
    record.usage.reset();
    const OtlpSpan whole = OtlpMapping::toSpan(record, {});
    QCOMPARE(attributeOf(whole, OtlpMapping::modelKey), model);
    const OtlpSpan cut = SpanShrinker::shrink(whole, 64 * 1024);
    QVERIFY(attributeOf(cut, OtlpMapping::inputKey).contains("[truncated "));
    QCOMPARE(attributeOf(cut, OtlpMapping::modelKey), "(none)");
    QCOMPARE(attributeOf(cut, "langfuse.observation.metadata.model"), model);
}

REGISTER_TEST(TestUncountedText)
#include "tst_uncountedtext.moc"
