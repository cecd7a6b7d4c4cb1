// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "wire/formreader.h"

#include "wire/jsonparser.h"

class TestFormReader final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsBoundaries_data();
    void readsBoundaries();
    void readsForms_data();
    void readsForms();
    void marksWhatIsCut();
    void marksAGap();
    void boundsTexts();
    void boundsHeadsAndFields();
    void passesLargeFilesWithoutKeepingThem();
};

namespace {

constexpr qsizetype anySize = 1 << 20;

QByteArray formJson(const QByteArray& body, const QByteArrayList& chunks)
{
    FormReader form("b1", anySize);
    for (const QByteArray& chunk : chunks.isEmpty() ? QByteArrayList{body} : chunks)
        form.feed(chunk);
    form.finish();
    return form.json();
}

QByteArray part(const QByteArray& head, const QByteArray& content)
{
    return "--b1\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

QByteArray named(const QByteArray& name, const QByteArray& text)
{
    return part("Content-Disposition: form-data; name=\"" + name + "\"", text);
}

} // namespace

void TestFormReader::readsBoundaries_data()
{
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<QByteArray>("boundary");
    const auto row = [](const char* contentType, const char* boundary) {
        QTest::newRow(contentType) << QByteArray(contentType) << QByteArray(boundary);
    };
    row("multipart/form-data; boundary=b1", "b1");
    row("Multipart/Form-Data ; charset=utf-8; BOUNDARY=\"b 1;x\"", "b 1;x");
    row("multipart/form-data; boundary=b1; charset=utf-8", "b1");
    row("multipart/form-data", "");
    row("multipart/form-data; boundary=", "");
    row("multipart/mixed; boundary=b1", "");
    row("application/json", "");
    row("", "");
    QTest::newRow("too long") << QByteArray("multipart/form-data; boundary=" + QByteArray(71, 'b'))
                              << QByteArray();
    QTest::newRow("as long as may be")
        << QByteArray("multipart/form-data; boundary=" + QByteArray(70, 'b')) << QByteArray(70, 'b');
}

void TestFormReader::readsBoundaries()
{
    QFETCH(QByteArray, contentType);
    QTEST(FormReader::boundaryOf(contentType), "boundary");
}

void TestFormReader::readsForms_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char* name, const QByteArray& body, const char* json) {
        QTest::newRow(name) << body << QByteArray(json);
    };
    const QByteArray end = "--b1--\r\n";
    const QByteArray sound("\x00\xff\r\n--b\r\n--b2\r\r\n1234", 19);
    row("a transcription",
        named("model", "whisper-1")
            + part("content-disposition: form-data; name=\"file\"; filename=\"speech.mp3\"\r\nContent-Type: "
                   "audio/mpeg; x=y",
                sound)
            + named("language", "de") + end,
        R"({"model":"whisper-1","file":{"filename":"speech.mp3","type":"audio/mpeg","bytes":19},"language":"de"})");
    row("a preamble and an epilogue", "\r\nhello\r\n" + named("a", "1") + end + named("b", "2"),
        R"({"a":"1"})");
    row("white space behind the boundary",
        "--b1 \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--b1-- ", R"({"a":"x"})");
    row("an empty field", named("a", "") + end, R"({"a":""})");
    row("line ends in a field", named("a", "1\r\n2\n\r") + end, R"({"a":"1\u000d\u000a2\u000a\u000d"})");
    row("a name twice", named("a", "1") + named("b", "2") + named("a", "3") + end,
        R"({"a":["1","3"],"b":"2"})");
    row("a list", named("include[]", "logprobs") + end, R"({"include":["logprobs"]})");
    row("quotes and semicolons in names",
        part(R"(Content-Disposition: form-data; name="a;b=c"; filename="x\"y%22z\1.txt")", "1") + end,
        R"({"a;b=c":{"filename":"x\"y\"z\\1.txt","bytes":1}})");
    row("a file name beyond ASCII",
        part("Content-Disposition: form-data; name=f; filename=\"x\"; filename*=UTF-8''gr%C3%BC%20e.txt", "1")
            + end,
        "{\"f\":{\"filename\":\"gr\xc3\xbc e.txt\",\"bytes\":1}}");
    row("a file without a name", part("Content-Disposition: form-data; name=f; filename=\"\"", "12") + end,
        R"({"f":{"filename":"","bytes":2}})");
    row("bytes that are no text are a file",
        part("Content-Disposition: form-data; name=f\r\nContent-Type: Application/Octet-Stream", "123") + end,
        R"({"f":{"filename":"","type":"application/octet-stream","bytes":3}})");
    row("JSON is a text",
        part("Content-Disposition: form-data; name=f\r\nContent-Type: application/json", "{}") + end,
        R"({"f":"{}"})");
    row("no UTF-8", named("a", "\xff") + end, "{\"a\":\"\xef\xbf\xbd\"}");
    row("a part without a head", "--b1\r\n\r\nnothing\r\n" + named("a", "1") + end, R"({"a":"1"})");
    row("a part with a broken head", part("no colon", "nothing") + named("a", "1") + end, R"({"a":"1"})");
    row("text behind the boundary", "--b1x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" + end,
        R"({"a":"1"})");
    row("no parts", end, "");
    row("nothing", {}, "");
    row("another boundary", "--other\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--other--", "");
    row("only delimiters", "--b1--b1--b1", "");
}

void TestFormReader::readsForms()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, json);
    QCOMPARE(formJson(body, {}), json);
    QByteArrayList bytes;
    for (qsizetype i = 0; i < body.size(); ++i) {
        QCOMPARE(formJson(body, {body.first(i), body.sliced(i)}), json);
        bytes.append(body.mid(i, 1));
    }
    QCOMPARE(formJson(body, bytes), json);
    JsonParser parser;
    QVERIFY(json.isEmpty() || parser.parse(json).isObject());
}

void TestFormReader::marksWhatIsCut()
{
    const QByteArray file
        = part("Content-Disposition: form-data; name=f; filename=x", "12345").chopped(2); // no CRLF
    QCOMPARE(formJson(file, {}), R"({"f":{"filename":"x","bytes":5,"cut":true}})");
    const QByteArray whole = named("a", "1") + file + "\r\n--b1--\r\n";
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray json = formJson(whole.first(size), {});
        QVERIFY2(json.isEmpty() || json.startsWith("{\"a\":\""), json.constData());
    }
}

void TestFormReader::marksAGap()
{
    FormReader form("b1", anySize);
    form.feed("--b1\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n12345");
    form.noteGap();
    form.feed("6789\r\n" + named("a", "1") + "--b1--");
    form.finish();
    QCOMPARE(form.json(), R"({"f":{"filename":"x","bytes":9,"cut":true},"a":"1"})");
}

void TestFormReader::boundsTexts()
{
    FormReader form("b1", 5);
    form.feed(named("a", "123") + named("b", "4567") + named("c", "8") + "--b1--");
    form.finish();
    QCOMPARE(form.json(), R"({"a":"123","b":"45…[truncated 2 bytes]","c":"…[truncated 1 bytes]"})");
    QCOMPARE(form.omittedBytes(), 3);
}

void TestFormReader::boundsHeadsAndFields()
{
    FormReader form("b1", anySize);
    form.feed(part("Content-Disposition: form-data; name=\"" + QByteArray(20'000, 'x') + "\"", "1"));
    for (int i = 0; i < 300; ++i)
        form.feed(named(QByteArray::number(i), "1"));
    form.finish();
    QCOMPARE(form.fields().size(), 256);
    QCOMPARE(form.fields().first().name, QByteArray("0"));
}

void TestFormReader::passesLargeFilesWithoutKeepingThem()
{
    FormReader form("b1", 100);
    form.feed("--b1\r\nContent-Disposition: form-data; name=f; filename=x\r\n\r\n");
    const QByteArray block(64 * 1024, '\r'); // every byte could begin a delimiter
    for (int i = 0; i < 64; ++i)
        form.feed(block);
    form.feed("\r\n--b1--");
    form.finish();
    QCOMPARE(form.fields().first().bytes, qint64(64) * block.size());
    QVERIFY(form.fields().first().text.isEmpty());
    QVERIFY(!form.fields().first().isCut);
}

REGISTER_TEST(TestFormReader)
#include "tst_formreader.moc"
