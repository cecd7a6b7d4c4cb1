// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/inlinemedia.h"
#include "support/testprogram.h"

#include "base/medianote.h"

#include <QCryptographicHash>

using namespace InlineMedia;

class TestInlineMedia final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replaces_data();
    void replaces();
    void findsARunAtEveryOffset();
    void refersToWhatIsStored_data();
    void refersToWhatIsStored();
    void notesEveryPieceOnce();
};

void TestInlineMedia::replaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray bytes(6000, '\x9b');
    const QByteArray base64 = bytes.toBase64();
    const QByteArray note = mediaNote("image/png", bytes);
    const QByteArray bare = mediaNote("", bytes);
    QTest::newRow("nothing") << QByteArray("short text") << QByteArray("short text");
    QTest::newRow("data URI in text") << "see data:image/png;base64," + base64 + ") and"
                                      << "see " + note + ") and";
    QTest::newRow("data URI in JSON") << "{\"url\":\"data:image/png;base64," + base64 + "\",\"n\":1}"
                                      << "{\"url\":\"" + note + "\",\"n\":1}";
    QTest::newRow("escaped slashes") << "{\"url\":\"data:image\\/png;base64,"
            + QByteArray(base64).replace("/", "\\/") + "\"}"
                                     << "{\"url\":\"" + note + "\"}";
    QTest::newRow("bare string") << "{\"data\":\"" + base64 + "\"}"
                                 << "{\"data\":\"" + bare + "\"}";
    QTest::newRow("lines") << "{\"data\":\"" + base64.first(4000) + "\\n" + base64.sliced(4000) + "\"}"
                           << "{\"data\":\"" + bare + "\"}";
    QTest::newRow("two") << "[\"" + base64 + "\",\"" + base64 + "\"]"
                         << "[\"" + bare + "\",\"" + bare + "\"]";
    const QByteArray cut = "{\"data\":\"" + base64.first(4400);
    QTest::newRow("cut off") << cut << "{\"data\":\"" + mediaNote("", bytes.first(3300));
    const QByteArray small = "{\"data\":\"" + base64.first(4000) + "\"}";
    QTest::newRow("small stays") << small << small;
    const QByteArray word = "a " + QByteArray(9000, 'x') + " b";
    QTest::newRow("a long word outside quotes stays") << word << word;
    const QByteArray escapes = "\"" + QByteArray("\\u00e9").repeated(1500) + "\"";
    QTest::newRow("escapes are text") << escapes << escapes;
}

void TestInlineMedia::replaces()
{
    QFETCH(QByteArray, text);
    EventMedia nothing;
    QTEST(withoutInlineMedia(text, &nothing), "expected");
}

// The scan looks at every 4096th byte first: no alignment may hide a run.
void TestInlineMedia::findsARunAtEveryOffset()
{
    const QByteArray base64 = QByteArray(3072, '\x9b').toBase64(); // exactly the least that is replaced
    QCOMPARE(base64.size(), maxInlineBase64);
    EventMedia nothing;
    for (qsizetype offset = 0; offset < maxInlineBase64 + 8; offset += 3) {
        const QByteArray filler = QByteArray("word ").repeated(offset / 5 + 1).first(offset);
        const QByteArray found = withoutInlineMedia(filler + "\"" + base64 + "\" tail", &nothing);
        const QByteArray head = filler + "\"[base64, 3072 bytes, sha256 ";
        QVERIFY2(found.startsWith(head), QByteArray::number(offset).constData());
        QVERIFY(found.endsWith("]\" tail"));
    }
}

void TestInlineMedia::refersToWhatIsStored_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("bytes"); // what is stored
    QTest::addColumn<QByteArray>("expected"); // %R%: the reference
    QTest::addColumn<QByteArray>("type");
    const QByteArray png = QByteArray("\x89PNG\r\n\x1a\n") + QByteArray(20, '\x9b');
    const QByteArray large = png + QByteArray(6000, '\x9b');
    const QByteArray uri = "data:image/png;base64," + png.toBase64();
    QTest::newRow("a short data URI")
        << "see " + uri + " and" << png << QByteArray("see %R% and") << QByteArray("image/png");
    QTest::newRow("JSON") << "{\"url\":\"" + uri + "\"}" << png << QByteArray(R"({"url":"%R%"})")
                          << QByteArray("image/png");
    QTest::newRow("a long bare string") << "{\"b64_json\":\"" + large.toBase64() + "\"}" << large
                                        << QByteArray(R"({"b64_json":"%R%"})") << QByteArray("image/png");
    QTest::newRow("twice") << uri + "\n" + uri + "\n"
                           << png << QByteArray("%R%\n%R%\n") << QByteArray("image/png");
    const QByteArray text = QByteArray("some text, ").repeated(6);
    QTest::newRow("a document") << "[\"data:text/csv;base64," + text.toBase64() + "\"]" << text
                                << QByteArray("[\"%R%\"]") << QByteArray("text/csv");
    QTest::newRow("nothing after the mark")
        << QByteArray("data:image/png;base64, and so on") << png
        << QByteArray("data:image/png;base64, and so on") << QByteArray("image/png");
    QTest::newRow("cut by a bound") << "x " + uri.chopped(6) + "\xe2\x80\xa6[truncated 6 bytes]"
                                    << QByteArray::fromBase64(png.toBase64().chopped(6))
                                    << "x " + uri.chopped(6) + "\xe2\x80\xa6[truncated 6 bytes]"
                                    << QByteArray("image/png");
}

void TestInlineMedia::refersToWhatIsStored()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, type);
    EventMedia media({{QCryptographicHash::hash(bytes, QCryptographicHash::Sha256), "the-id"}});
    const QByteArray reference = "@@@langfuseMedia:type=" + type + "|id=the-id|source=base64_data_uri@@@";
    QCOMPARE(withoutInlineMedia(text, &media), QByteArray(expected).replace("%R%", reference));
    QCOMPARE(media.notes(), 0);
}

void TestInlineMedia::notesEveryPieceOnce()
{
    const QByteArray bytes = QByteArray("%PDF-1.7") + QByteArray(40, 'x');
    const QByteArray uri = "\"data:application/pdf;base64," + bytes.toBase64() + "\"";
    EventMedia media{StoredMedia()};
    media.setField("input");
    QCOMPARE(withoutInlineMedia("[" + uri + "," + uri + "]", &media), "[" + uri + "," + uri + "]");
    media.setField("output");
    (void)withoutInlineMedia(uri, &media);
    const QByteArray sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    QCOMPARE(media.found(),
        (QList<FoundMedia>{
            {"application/pdf", bytes, sha256, "input"}, {"application/pdf", bytes, sha256, "output"}}));
    EventMedia off;
    (void)withoutInlineMedia(uri, &off);
    QVERIFY(off.found().isEmpty());
}

REGISTER_TEST(TestInlineMedia)
#include "tst_inlinemedia.moc"
