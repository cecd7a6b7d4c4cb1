// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/inlinemedia.h"

#include <QTest>

using namespace InlineMedia;

class TestInlineMedia final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void replaces_data();
    void replaces();
    void findsARunAtEveryOffset();
};

void TestInlineMedia::replaces_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray bytes(6000, '\x9b');
    const QByteArray base64 = bytes.toBase64();
    const QByteArray note = placeholder("image/png", bytes);
    const QByteArray bare = placeholder("", bytes);
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
    QTest::newRow("cut off") << cut << "{\"data\":\"" + placeholder("", bytes.first(3300));
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
    QTEST(withoutInlineMedia(text), "expected");
}

// The scan looks at every 4096th byte first: no alignment may hide a run.
void TestInlineMedia::findsARunAtEveryOffset()
{
    const QByteArray base64 = QByteArray(3072, '\x9b').toBase64(); // exactly the least that is replaced
    QCOMPARE(base64.size(), maxInlineBase64);
    for (qsizetype offset = 0; offset < maxInlineBase64 + 8; offset += 3) {
        const QByteArray filler = QByteArray("word ").repeated(offset / 5 + 1).first(offset);
        const QByteArray found = withoutInlineMedia(filler + "\"" + base64 + "\" tail");
        const QByteArray head = filler + "\"[base64, 3072 bytes, sha256 ";
        QVERIFY2(found.startsWith(head), QByteArray::number(offset).constData());
        QVERIFY(found.endsWith("]\" tail"));
    }
}

QTEST_GUILESS_MAIN(TestInlineMedia)
#include "tst_inlinemedia.moc"
