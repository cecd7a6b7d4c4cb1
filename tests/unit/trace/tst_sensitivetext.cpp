// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/sensitivetext.h"

using SensitiveText::Detector;
using SensitiveText::Detectors;

class TestSensitiveText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void leavesAlone_data();
    void leavesAlone();
    void findsAmongOthers();
    void findsNothingWithoutDetectors();
    void namesDetectors();
    void survivesEveryCut();
    void takesLinearTime_data();
    void takesLinearTime();
};

namespace {

const Detectors all = Detector::Email | Detector::Phone | Detector::Card | Detector::Ip | Detector::NationalId
    | Detector::ApiKey;

QByteArray redacted(const QByteArray& text, Detectors detectors)
{
    QByteArray result;
    qsizetype copied = 0;
    for (const SensitiveText::Find& find : SensitiveText::findIn(text, detectors)) {
        result += text.sliced(copied, find.start - copied) + SensitiveText::labelOf(find.detector);
        copied = find.start + find.length;
    }
    return result + text.sliced(copied);
}

Detector detectorOf(const QByteArray& name)
{
    return SensitiveText::detectorNamed(name).value();
}

} // namespace

void TestSensitiveText::finds_data()
{
    QTest::addColumn<QByteArray>("detector");
    QTest::addColumn<QByteArray>("text");
    const auto add = [](const char* detector, const QByteArray& text) {
        QTest::newRow((QByteArray(detector) + ": " + text).constData()) << QByteArray(detector) << text;
    };
    // Each stands alone, and is replaced as a whole.
    add("email", "jo@example.com");
    add("email", "jo.o'neil+tag_1%x@mail.example.co.uk");
    add("email", "J\xc3\xb6rg@m\xc3\xbcller.example");
    add("email", "a@xn--bcher-kva.xn--p1ai");
    add("email", "1234@example.museum");

    add("phone", "+14155550123");
    add("phone", "+1 (415) 555-0123");
    add("phone", "+49 30 1234567");
    add("phone", "+44 20 7946 0958");
    add("phone", "+33.1.23.45.67.89");
    add("phone", "+86 138 1234 5678");
    add("phone", "0049 30 1234567");
    add("phone", "(212) 555-0123");
    add("phone", "(212)555.0123");
    add("phone", "212-555-0123");
    add("phone", "212.555.0123");
    add("phone", "1-212-555-0123");
    add("phone", "030 1234567");
    add("phone", "0171-1234567");
    add("phone", "089/1234567");
    add("phone", "01 23 45 67 89");
    add("phone", "020 7946 0958");

    add("card", "4111111111111111"); // the networks' published test numbers
    add("card", "4111 1111 1111 1111");
    add("card", "4111-1111-1111-1111");
    add("card", "5555555555554444");
    add("card", "2223003122003222");
    add("card", "378282246310005");
    add("card", "3782 822463 10005");
    add("card", "6011 1111 1111 1117");
    add("card", "3530111333300000");
    add("card", "3056 930902 5904");
    add("card", "6200000000000005");
    add("card", "4222222222222");

    add("ip", "192.168.0.1");
    add("ip", "8.8.8.8");
    add("ip", "255.255.255.255");
    add("ip", "2001:db8:85a3:0:0:8a2e:370:7334");
    add("ip", "2001:db8::1");
    add("ip", "fe80::1ff:fe23:4567:890a");
    add("ip", "::ffff:192.0.2.128");

    add("national-id", "123-45-6789"); // US
    add("national-id", "123 45 6789");
    add("national-id", "86095742719"); // DE, of the Bundeszentralamt's example
    add("national-id", "86 095 742 719");
    add("national-id", "65929970489");
    add("national-id", "185057800608491"); // FR
    add("national-id", "1 85 05 78 006 084 91");
    add("national-id", "255082A12345646");
    add("national-id", "12345678Z"); // ES
    add("national-id", "12345678-Z");
    add("national-id", "X1234567L");
    add("national-id", "Z-7654321-H");
    add("national-id", "RSSMRA85T10A562S"); // IT
    add("national-id", "AB123456C"); // GB
    add("national-id", "AB 12 34 56 C");
    add("national-id", "529.982.247-25"); // BR
    add("national-id", "52998224725");
    add("national-id", "11010519491231002X"); // CN, of GB 11643
    add("national-id", "440524198001010013");

    // In two pieces, so that no scanner takes them for a real one.
    add("api-key",
        "sk-"
        "proj-abcDEF1234567890abcDEF1234567890");
    add("api-key",
        "sk-"
        "ant-api03-abc_DEF-1234567890abcdefghijk");
    add("api-key",
        "sk-"
        "or-v1-0123456789abcdef0123456789abcdef");
    add("api-key",
        "sk-"
        "lf-12345678-1234-1234-1234-123456789012");
    add("api-key",
        "pk-"
        "lf-12345678-1234-1234-1234-123456789012");
    add("api-key",
        "AIza"
        "SyA1234567890abcdefghijklmnopqrstuv");
    add("api-key",
        "ya29."
        "a0AfH6SMBx1234567890abcdefg");
    add("api-key",
        "ghp_"
        "abcdefghijklmnopqrstuvwxyz0123456789");
    add("api-key",
        "github_pat_"
        "11ABCDEFG0abcdefghijkl_0123456789");
    add("api-key",
        "glpat-"
        "abcdefghij0123456789");
    add("api-key",
        "AKIA"
        "IOSFODNN7EXAMPLE");
    add("api-key",
        "xoxb-"
        "123456789012-abcdefghijkl");
    add("api-key",
        "sk_live_"
        "abcdefghij0123456789");
    add("api-key",
        "hf_"
        "abcdefghijklmnopqrstuvwxyz01234567");
    add("api-key",
        "gsk_"
        "abcdefghijklmnopqrstuvwxyz0123456789");
    add("api-key",
        "eyJhbGciOiJIUzI1NiJ9."
        "eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r");
    add("api-key",
        "eyJhbGciOiJub25lIn0."
        "eyJzdWIiOiIxIn0.");
}

void TestSensitiveText::finds()
{
    QFETCH(QByteArray, detector);
    QFETCH(QByteArray, text);
    const Detector wanted = detectorOf(detector);
    const QByteArray label = SensitiveText::labelOf(wanted);
    // Alone, in a sentence, between quotes, as a value, in a script without spaces, behind an escape.
    const QList<std::pair<QByteArray, QByteArray>> around{{"", ""}, {"It is ", ", he said."}, {"\"", "\""},
        {"x=", "&y"}, {"<", ">"}, {"(see ", ")"}, {"\xe7\x94\xb5\xe8\xaf\x9d", "\xe3\x80\x82"},
        {"a\n", "\nb"}, {"line\\n", "\\n"}};
    for (const auto& [before, after] : around)
        QCOMPARE(redacted(before + text + after, wanted), before + label + after);
    // The others do not hinder it, whatever they take it for.
    QVERIFY(!redacted("It is " + text + '.', all).contains(text));
}

void TestSensitiveText::leavesAlone_data()
{
    QTest::addColumn<QByteArray>("detector");
    QTest::addColumn<QByteArray>("text");
    const auto add = [](const char* detector, const QByteArray& text) {
        QTest::newRow((QByteArray(detector) + ": " + text).constData()) << QByteArray(detector) << text;
    };
    add("email", "@app.route and @types/node");
    add("email", "lodash@4.17.21 and node@18.2.1");
    add("email", "user@localhost");
    add("email", "git@github.com:owner/repository.git");
    add("email", "icon@2x.png");
    add("email", "a @ b.com, name@, @host.com");

    // Ids, dates, sizes and versions are what agents write all day.
    add("phone", "550e8400-e29b-41d4-a716-446655440000");
    add("phone", "00000000-1111-2222-3333-444455556666");
    add("phone", "call_1234567890 chatcmpl-0171-1234567");
    add("phone", "1732350751801 13812345678 4155550123");
    add("phone", "2026-11-24 09:15:00, 24.11.2026, 01.02.2026 10:30, 01-02-2026");
    add("phone", "0.1234567, 0.123456789 and 3.141.592.653");
    add("phone", "1+2345678 and a+12345678");
    add("phone", "200 300 4000 and 123-456-7890"); // no area code begins with 1
    add("phone", "claude-3-5-sonnet-20241022 gpt-4-0125-preview");
    add("phone", "#212-555-0123 /212-555-0123");

    add("card", "4111111111111112"); // wrong check digit
    add("card", "1234567812345670"); // of no issuer
    add("card", "1732350751801 1700000000000000"); // milliseconds, microseconds
    add("card", "41111111111111111111 x4111111111111111 4111111111111111x");
    add("card", "0.4111111111111111");
    add("card", "41 11 11 11 11 11 11 11"); // groups that no card has

    add("ip", "v1.2.3.4 version 1.2.3.4 Version: 10.0.19.1 release=1.2.3.4");
    add("ip", "Chrome/120.0.0.0 OpenAI/1.2.3.4");
    add("ip", "1.2.3 1.2.3.4.5 256.1.1.1 1.02.3.4 1.2.3.4-beta a1.2.3.4");
    add("ip", "12:34:56 2026-11-24T09:15:00 00:1a:2b:3c:4d:5e");
    add("ip", "std::vector a::b dead::beef [1::2] [::2] x[::1]");

    add("national-id", "000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000");
    add("national-id", "x123-45-6789 123-45-6789-1 9-123-45-6789");
    add("national-id", "86095742710 12345678901 11111111111"); // check digits
    add("national-id", "12345678A X1234567A"); // check letters
    add("national-id", "185057800608492 191357800608491");
    add("national-id", "RSSMRA85T10A562A");
    add("national-id", "BG123456C QQ123456C AB123456E AB12 34 56C");
    add("national-id", "529.982.247-26 000.000.000-00");
    add("national-id", "110105194912310021 11010519491331002X");

    add("api-key", "sk-learn-is-a-short-name-for-scikit-learn");
    add("api-key", "task-force-0123456789012345678901 desk-0123456789012345678901");
    add("api-key", "sk-short AKIA1234 AKIAIOSFODNN7EXAMPLETOOLONG ghp_short");
    add("api-key", "eyJhbGciOiJIUzI1NiJ9 eyJ.eyJ");
}

void TestSensitiveText::leavesAlone()
{
    QFETCH(QByteArray, detector);
    QFETCH(QByteArray, text);
    QCOMPARE(redacted(text, detectorOf(detector)), text);
}

void TestSensitiveText::findsAmongOthers()
{
    QCOMPARE(redacted("Jo <jo@example.com>, +1 415 555 0123, card 4111 1111 1111 1111, from 10.1.2.3 "
                      "(SSN 123-45-6789) with AKIA"
                      "IOSFODNN7EXAMPLE",
                 all),
        "Jo <[EMAIL]>, [PHONE], card [CARD], from [IP] (SSN [NATIONAL_ID]) with [API_KEY]");
    QCOMPARE(redacted("212-555-0123@example.com", all), "[EMAIL]");
    QCOMPARE(redacted("http://10.0.0.1:8080/x and https://jo@example.com/", all),
        "http://[IP]:8080/x and https://[EMAIL]/");
    QCOMPARE(redacted("tel:13812345678", Detector::Phone), "tel:[PHONE]");
}

void TestSensitiveText::findsNothingWithoutDetectors()
{
    QVERIFY(SensitiveText::findIn("jo@example.com 4111111111111111", {}).isEmpty());
}

void TestSensitiveText::namesDetectors()
{
    QCOMPARE(SensitiveText::labelOf(detectorOf("national-id")), "[NATIONAL_ID]");
    QVERIFY(!SensitiveText::detectorNamed("emails"));
    QVERIFY(!SensitiveText::detectorNamed(""));
}

void TestSensitiveText::survivesEveryCut()
{
    const QByteArray text
        = "\xc3\xa9jo@example.com +1 (415) 555-0123 4111 1111 1111 1111 2001:db8::1 ::ffff:1.2.3.4 "
          "RSSMRA85T10A562S eyJhbGciOiJub25lIn0."
          "eyJzdWIiOiIxIn0. \\n";
    for (qsizetype start = 0; start <= text.size(); ++start) {
        for (qsizetype end = start; end <= text.size(); ++end) {
            qsizetype last = 0;
            for (const SensitiveText::Find& find : SensitiveText::findIn(text.mid(start, end - start), all)) {
                QVERIFY(find.start >= last && find.length > 0);
                last = find.start + find.length;
                QVERIFY(last <= end - start);
            }
        }
    }
}

void TestSensitiveText::takesLinearTime_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char* piece : {"1", "1 ", "1-", "@", "a@", "a.", "+1", "::", "1:", "f:", "1.", "sk-a", "sk-",
             "eyJ", "eyJ.", "(", "4111 ", " ", "version ", "A1", "\\n1"})
        QTest::newRow(piece) << QByteArray(piece);
}

void TestSensitiveText::takesLinearTime()
{
    QFETCH(QByteArray, piece);
    const QByteArray text
        = piece.repeated((1 << 20) / int(piece.size())); // ends the test's time when quadratic
    (void)SensitiveText::findIn(text, all);
}

REGISTER_TEST(TestSensitiveText)
#include "tst_sensitivetext.moc"
