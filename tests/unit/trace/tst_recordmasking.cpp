// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/recordmasking.h"

#include "fullrecord.h"
#include "trace/recordcodec.h"

class TestRecordMasking final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksEveryText();
    void changesNothingElse();
    void findsCredentialsAcrossPieces();
    void ignoresPlaceholders();
};

namespace {

const QByteArray key("sk-secret-0123456789");

} // namespace

void TestRecordMasking::masksEveryText()
{
    TraceRecord record = fullRecord();
    const QByteArray text = "x " + key + " y";
    record.target = record.errorMessage = record.requestModel = record.responseModel = record.verbatimInput
        = record.requestBody = record.responseBody = record.requestText = record.responseText = text;
    record.requestId = record.errorCode = text;
    record.parameters[0].json = text;
    for (Conversation* conversation : {&record.input, &record.output}) {
        for (Message& message : conversation->messages) {
            message.name = text;
            for (Part& part : message.parts)
                part.text = part.json = part.id = part.name = part.signature = text;
        }
        for (ToolDefinition& tool : conversation->tools)
            tool.name = tool.description = tool.parametersJson = tool.json = text;
    }
    record.attribution.sessionId = record.attribution.userId = record.attribution.traceName = text;
    record.attribution.tags = {text};
    record.attribution.metadata = {{text, text}};
    record.requestHeaders = {{"Referer", text}};
    record.responseHeaders = {{"x-echo", text}};
    QVERIFY(RecordCodec::encode(record).contains(key));

    maskCredentials(&record, {Secret(key)});
    QVERIFY(!RecordCodec::encode(record).contains(key));
    QCOMPARE(record.errorMessage, QByteArray("x *** y"));
    QCOMPARE(record.requestHeaders.value("referer"), QByteArray("x *** y"));
}

void TestRecordMasking::changesNothingElse()
{
    TraceRecord record = fullRecord();
    maskCredentials(&record, {Secret(key), Secret("none"), Secret()});
    QVERIFY(record == fullRecord());
}

void TestRecordMasking::findsCredentialsAcrossPieces()
{
    const QByteArray body = "some text " + key + " and more";
    for (qsizetype size = 1; size <= body.size(); ++size) {
        CredentialWatch watch({Secret("another-secret-of-some-length"), Secret(key)});
        for (qsizetype at = 0; at < body.size(); at += size)
            watch.feed(QByteArrayView(body).sliced(at, qMin(size, body.size() - at)));
        QVERIFY2(watch.hasFound(), qPrintable(QString::number(size)));
    }
    CredentialWatch watch({Secret(key)});
    watch.feed(key.left(10));
    watch.feed("-");
    watch.feed(key.sliced(10));
    QVERIFY(!watch.hasFound());
}

void TestRecordMasking::ignoresPlaceholders()
{
    CredentialWatch watch({Secret("none"), Secret()});
    watch.feed("none at all");
    QVERIFY(!watch.hasFound());
}

REGISTER_TEST(TestRecordMasking)
#include "tst_recordmasking.moc"
