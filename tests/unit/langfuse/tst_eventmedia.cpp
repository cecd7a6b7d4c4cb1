// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Media on their way into an event: types, and what stands for them in a span.

#include "langfuse/eventmedia.h"
#include "support/testprogram.h"

#include "base/medianote.h"
#include "langfuse/mediatype.h"
#include "langfuse/otlpmapping.h"
#include "samplerecord.h"

#include <QCryptographicHash>

#include <functional>

class TestEventMedia final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesTypes_data();
    void choosesTypes();
    void standsInASpan_data();
    void standsInASpan();
    void findsEveryPlace();
    void neverLeavesMegabytesOfBase64();
};

namespace {

using Change = std::function<void(TraceRecord*)>;

const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(30, '\x9b');
const QByteArray wav = QByteArray("RIFF\x10\0\0\0WAVE", 12) + QByteArray(30, '\x9b');

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

Part mediaPart(Part::Kind kind, const QByteArray& type, const QByteArray& bytes, const QByteArray& name = {})
{
    Part part;
    part.kind = kind;
    part.mediaType = type;
    part.text = "data:" + type + ";base64," + bytes.toBase64();
    part.name = name;
    return part;
}

TraceRecord asking(const QList<Part>& parts)
{
    TraceRecord record = sampleRecord();
    record.input.messages = {Message{"user", {}, parts, {}}};
    return record;
}

QByteArray inputOf(const TraceRecord& record, EventMedia* media)
{
    return OtlpMapping::toSpan(record, {}, media).find(OtlpMapping::inputKey)->text;
}

} // namespace

void TestEventMedia::choosesTypes_data()
{
    QTest::addColumn<QByteArray>("declared");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("type"); // empty: not uploaded
    const auto row = [](const char* name, const char* declared, const QByteArray& bytes, const char* type) {
        QTest::newRow(name) << QByteArray(declared) << bytes << QByteArray(type);
    };
    row("as declared", "image/webp", "x", "image/webp");
    row("case and parameters", "Image/PNG; charset=binary", "x", "image/png");
    row("declared wins", "image/jpeg", png, "image/jpeg");
    row("not accepted, but known bytes", "audio/x-wav", wav, "audio/wav");
    row("octets that are known", "application/octet-stream", png, "image/png");
    row("octets that are not", "application/octet-stream", "??", "application/octet-stream");
    row("bare PNG", "", png, "image/png");
    row("bare JPEG", "", "\xff\xd8\xff\xe0 and on", "image/jpeg");
    row("bare PDF", "", "%PDF-1.7 and on", "application/pdf");
    row("bare MP3", "", "ID3 and on", "audio/mpeg");
    row("PCM", "audio/pcm", QByteArray(200, 'p'), "");
    row("PCM of Gemini", "audio/L16;codec=pcm;rate=24000", QByteArray(200, 'p'), "");
    row("an embedding", "", QByteArray(200, 'e'), "");
    row("nothing", "image/png", "", "");
}

void TestEventMedia::choosesTypes()
{
    QFETCH(QByteArray, declared);
    QFETCH(QByteArray, bytes);
    QTEST(MediaType::forUpload(declared, bytes), "type");
}

void TestEventMedia::standsInASpan_data()
{
    QTest::addColumn<TraceRecord>("record");
    QTest::addColumn<QByteArray>("stored"); // input; P and W: the references
    QTest::addColumn<QByteArray>("notStored"); // p and w: the notes
    const auto row
        = [](const char* name, const TraceRecord& record, const char* stored, const QByteArray& notStored) {
              QTest::newRow(name) << record << QByteArray(stored) << notStored;
          };
    const QByteArray tiny = "data:image/png;base64," + png.toBase64();
    const auto messages = [](const QByteArray& content) {
        return R"({"messages":[{"role":"user","content":[)" + content + "]}]}";
    };
    row("a short picture stays a picture", asking({mediaPart(Part::Kind::Image, "image/png", png)}),
        R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"P"}}]}]})",
        messages(R"({"type":"image_url","image_url":{"url":")" + tiny + R"("}})"));
    row("audio", asking({mediaPart(Part::Kind::Audio, "audio/wav", wav, "hello")}),
        R"({"messages":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"W"}},{"type":"text","text":"hello"}]}]})",
        messages(R"({"type":"text","text":"w hello"})"));
    row("a document", asking({mediaPart(Part::Kind::Document, "application/pdf", png, "a.pdf")}),
        R"({"messages":[{"role":"user","content":["D",{"type":"text","text":"a.pdf"}]}]})",
        messages(R"({"type":"text","text":"d a.pdf"})"));
    Part result;
    result.kind = Part::Kind::ToolResult;
    result.id = "t1";
    result.json = R"([{"type":"image","source":{"type":"base64","media_type":"image/png","data":")"
        + (png + QByteArray(6000, '\x9b')).toBase64() + R"("}}])";
    row("a screenshot in a tool's result", asking({result}),
        R"({"messages":[{"role":"tool","tool_call_id":"t1","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"L"}}]}]})",
        R"({"messages":[{"role":"tool","tool_call_id":"t1","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"l"}}]}]})");
    TraceRecord verbatim
        = asking({mediaPart(Part::Kind::Image, "image/png", png + QByteArray(6000, '\x9b'))});
    verbatim.verbatimInput
        = R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,)"
        + (png + QByteArray(6000, '\x9b')).toBase64() + R"(","detail":"low"}}]}]})";
    row("a verbatim request keeps its own words", verbatim,
        R"({"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"G","detail":"low"}}]}]})",
        messages(R"({"type":"text","text":"g"})"));
}

void TestEventMedia::standsInASpan()
{
    QFETCH(TraceRecord, record);
    QFETCH(QByteArray, stored);
    QFETCH(QByteArray, notStored);
    const QByteArray large = png + QByteArray(6000, '\x9b');
    EventMedia none{StoredMedia()};
    for (const auto& [mark, note] :
        QList<std::pair<QByteArray, QByteArray>>{{"\"w ", "\"" + mediaNote("audio/wav", wav) + " "},
            {"\"d ", "\"" + mediaNote("application/pdf", png) + " "},
            {"\"l\"", "\"" + mediaNote("", large) + "\""},
            {"\"g\"", "\"" + mediaNote("image/png", large) + "\""}})
        notStored.replace(mark, note);
    QCOMPARE(inputOf(record, &none), notStored);
    QCOMPARE(none.found().size(), 1);
    QCOMPARE(none.found().first().field, QByteArray("input"));
    EventMedia all({{sha256(png), "id-png"}, {sha256(wav), "id-wav"}, {sha256(large), "id-large"}});
    const auto reference = [](const char* type, const char* id) {
        return QByteArray("\"@@@langfuseMedia:type=") + type + "|id=" + id + "|source=base64_data_uri@@@\"";
    };
    stored.replace("\"P\"", reference("image/png", "id-png"))
        .replace("\"W\"", reference("audio/wav", "id-wav"));
    stored.replace("\"D\"", reference("application/pdf", "id-png"))
        .replace("\"L\"", reference("image/png", "id-large"));
    stored.replace("\"G\"", reference("image/png", "id-large"));
    QCOMPARE(inputOf(record, &all), stored);
}

void TestEventMedia::findsEveryPlace()
{
    TraceRecord record = asking({mediaPart(Part::Kind::Image, "image/png", png), textPart("and"),
        mediaPart(Part::Kind::Image, "image/png", png), mediaPart(Part::Kind::Audio, "audio/pcm", "pcm")});
    record.output.messages = {Message{"assistant", {}, {mediaPart(Part::Kind::Image, "image/png", png)}, {}}};
    EventMedia media{StoredMedia()};
    (void)OtlpMapping::toSpan(record, {}, &media);
    QCOMPARE(media.found(),
        (QList<FoundMedia>{
            {"image/png", png, sha256(png), "input"}, {"image/png", png, sha256(png), "output"}}));
}

void TestEventMedia::neverLeavesMegabytesOfBase64()
{
    const QByteArray large = png + QByteArray(2'000'000, '\x9b');
    TraceRecord record = asking({mediaPart(Part::Kind::Image, "image/png", large),
        mediaPart(Part::Kind::Audio, "audio/pcm", QByteArray(2'000'000, 'p')),
        textPart("look: data:image/png;base64," + large.toBase64() + " there")});
    record.output.messages = {Message{"assistant", {}, {mediaPart(Part::Kind::Document, "x/y", large)}, {}}};
    for (EventMedia media : {EventMedia(), EventMedia(StoredMedia()), EventMedia({{sha256(large), "id"}})}) {
        const OtlpSpan span = OtlpMapping::toSpan(record, {}, &media);
        QVERIFY(span.find(OtlpMapping::inputKey)->text.size() < 2000);
        QVERIFY(span.find(OtlpMapping::outputKey)->text.size() < 1000);
    }
}

REGISTER_TEST(TestEventMedia)
#include "tst_eventmedia.moc"
