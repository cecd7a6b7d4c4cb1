// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/bodytext.h"

#include <QTest>

class TestBodyText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsText_data();
    void knowsText();
    void listsTheFieldsOfAForm();
    void readsACutForm();
    void survivesEveryTruncation();
    void survivesOddForms_data();
    void survivesOddForms();
    void namesMediaTypes();
};

namespace {

constexpr char formBytes[] = "--b1\r\n"
                             "Content-Disposition: form-data; name=\"model\"\r\n\r\n"
                             "whisper-1\r\n"
                             "--b1\r\n"
                             "Content-Disposition: form-data; name=\"file\"; filename=\"speech.mp3\"\r\n"
                             "Content-Type: audio/mpeg\r\n\r\n"
                             "\x00\x01\r\n--b\xff"
                             "1234\r\n"
                             "--b1--\r\n";
const QByteArray form(formBytes, sizeof(formBytes) - 1);
const QByteArray formType("multipart/form-data; boundary=b1");

} // namespace

void TestBodyText::knowsText_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("isText");
    const auto row = [](const char* type, bool isText) { QTest::newRow(type) << QByteArray(type) << isText; };
    row("application/json", true);
    row("Application/JSON; charset=utf-8", true);
    row("application/problem+json", true);
    row("application/x-ndjson", true);
    row("application/jsonl", true);
    row("text/plain", true);
    row("text/event-stream", true);
    row("text/html; charset=utf-8", true);
    row("application/xml", true);
    row("image/svg+xml", true);
    row("application/x-www-form-urlencoded", true);
    row("audio/mpeg", false);
    row("image/png", false);
    row("application/octet-stream", false);
    row("", false);
}

void TestBodyText::knowsText()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, isText);
    const QByteArray body("a=1\xc3\xa9");
    QCOMPARE(bodyText(type, body), isText ? body : QByteArray());
}

void TestBodyText::listsTheFieldsOfAForm()
{
    QVERIFY(form.endsWith("--b1--\r\n"));
    QCOMPARE(bodyText(formType, form), QByteArray("model=whisper-1\nfile=[file: speech.mp3, 12 bytes]\n"));
    QCOMPARE(bodyText("multipart/form-data; boundary=\"b1\"", form), bodyText(formType, form));
}

void TestBodyText::readsACutForm()
{
    const QByteArray cut = form.first(form.indexOf("1234") + 2);
    QCOMPARE(bodyText(formType, cut), QByteArray("model=whisper-1\nfile=[file: speech.mp3, 10 bytes]\n"));
}

void TestBodyText::survivesEveryTruncation()
{
    for (qsizetype size = 0; size <= form.size(); ++size) {
        const QByteArray text = bodyText(formType, form.first(size));
        QVERIFY(text.isEmpty() || text.startsWith("model="));
    }
}

void TestBodyText::survivesOddForms_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("no boundary") << QByteArray("multipart/form-data") << form;
    QTest::newRow("empty boundary") << QByteArray("multipart/form-data; boundary=") << form;
    QTest::newRow("other boundary") << QByteArray("multipart/form-data; boundary=zz") << form;
    QTest::newRow("only delimiters") << formType << QByteArray("--b1--b1--b1");
    QTest::newRow("no heads") << formType << QByteArray("--b1\r\n\r\n--b1\r\nx\r\n--b1--");
    QTest::newRow("empty") << formType << QByteArray();
}

void TestBodyText::survivesOddForms()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QCOMPARE(bodyText(type, body), QByteArray());
}

void TestBodyText::namesMediaTypes()
{
    QCOMPARE(mediaTypeOf("Text/Event-Stream ; charset=x"), QByteArray("text/event-stream"));
    QCOMPARE(mediaTypeOf(""), QByteArray());
}

QTEST_APPLESS_MAIN(TestBodyText)
#include "tst_bodytext.moc"
