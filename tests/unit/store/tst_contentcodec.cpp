// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/contentcodec.h"
#include "support/testprogram.h"

class TestContentCodec final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data();
    void roundTrips();
    void packsText();
    void keepsWhatDoesNotShrink();
    void refusesDamage();
};

namespace {

QByteArray noise(qsizetype size)
{
    QByteArray bytes;
    quint64 state = 88172645463325252ULL;
    while (bytes.size() < size) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.append(char(state));
    }
    return bytes;
}

} // namespace

void TestContentCodec::roundTrips_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("small") << QByteArray("hello\0world", 11);
    QTest::newRow("just below") << QByteArray(1023, 'a');
    QTest::newRow("just at") << QByteArray(1024, 'a');
    QTest::newRow("large") << QByteArray(3'000'000, 'a');
    QTest::newRow("noise") << noise(100'000);
}

void TestContentCodec::roundTrips()
{
    QFETCH(QByteArray, content);
    const auto unpacked = ContentCodec::unpack(ContentCodec::pack(content));
    QVERIFY(unpacked);
    QVERIFY(*unpacked == content);
}

void TestContentCodec::packsText()
{
    QVERIFY(ContentCodec::pack(QByteArray(100'000, 'a')).size() < 1000);
}

void TestContentCodec::keepsWhatDoesNotShrink()
{
    QCOMPARE(ContentCodec::pack(noise(5000)).size(), 5001);
}

void TestContentCodec::refusesDamage()
{
    const QByteArray packed = ContentCodec::pack(QByteArray(5000, 'a'));
    QVERIFY(!ContentCodec::unpack({}));
    QVERIFY(!ContentCodec::unpack("\x07hello"));
    QVERIFY(!ContentCodec::unpack("\x01hello"));
    for (qsizetype size = 1; size < packed.size(); ++size)
        QVERIFY(!ContentCodec::unpack(packed.first(size)));
    QByteArray hugeClaim = QByteArray::fromHex("0128b52ffde0ffffffffffff0f00"); // 8-byte content size
    QVERIFY(!ContentCodec::unpack(hugeClaim));
}

REGISTER_TEST(TestContentCodec)
#include "tst_contentcodec.moc"
