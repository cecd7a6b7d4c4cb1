// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/bodytext.h"

class TestBodyText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsText_data();
    void knowsText();
    void namesMediaTypes();
};

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
    row("application/x-jsonl", true);
    row("text/plain", true);
    row("text/event-stream", true);
    row("text/html; charset=utf-8", true);
    row("application/xml", true);
    row("image/svg+xml", true);
    row("application/x-www-form-urlencoded", true);
    row("audio/mpeg", false);
    row("image/png", false);
    row("application/octet-stream", false);
    row("multipart/form-data; boundary=a", false);
    row("", false);
}

void TestBodyText::knowsText()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, isText);
    const QByteArray body("a=1\xc3\xa9");
    QCOMPARE(bodyText(type, body), isText ? body : QByteArray());
}

void TestBodyText::namesMediaTypes()
{
    QCOMPARE(mediaTypeOf("Text/Event-Stream ; charset=x"), QByteArray("text/event-stream"));
    QCOMPARE(mediaTypeOf(""), QByteArray());
}

REGISTER_TEST(TestBodyText)
#include "tst_bodytext.moc"
