// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/callfailure.h"

class TestCallFailure final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOutcomes_data();
    void namesOutcomes();
    void readsAnswers_data();
    void readsAnswers();
    void tellsCutStreams_data();
    void tellsCutStreams();
    void saysWhenTheProxyStopped();
    void boundsMessages();
};

namespace {

FailureFacts factsOf(CallOutcome outcome, const Error& error = {})
{
    FailureFacts facts;
    facts.end.emplace();
    facts.end->outcome = outcome;
    facts.end->error = error;
    return facts;
}

} // namespace

void TestCallFailure::namesOutcomes_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("subject");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, CallOutcome outcome, ErrorCode code, const char* subject,
                         const char* expected) {
        QTest::newRow(name) << int(outcome) << int(code) << QString::fromLatin1(subject)
                            << QByteArray(expected);
    };
    row("timeout", CallOutcome::TimedOut, ErrorCode::Timeout, "openai", "timeout");
    row("refused", CallOutcome::UpstreamFailed, ErrorCode::ConnectionFailed, "h", "connection_error");
    row("malformed", CallOutcome::UpstreamFailed, ErrorCode::ProtocolError, "h", "connection_error");
    row("tls", CallOutcome::UpstreamFailed, ErrorCode::TlsFailed, "h", "tls_error");
    row("gate", CallOutcome::Rejected, ErrorCode::Rejected, "invalid_api_key", "invalid_api_key");
    row("gate without a word", CallOutcome::Rejected, ErrorCode::Rejected, "", "rejected");
    row("too large", CallOutcome::Rejected, ErrorCode::TooLarge, "body", "request_too_large");
    row("framing", CallOutcome::Rejected, ErrorCode::BadRequest, "chunk", "bad_request");
    row("slow upload", CallOutcome::Rejected, ErrorCode::Timeout, "body", "request_timeout");
    row("cancelled", CallOutcome::ClientCancelled, ErrorCode::Cancelled, "", "client_cancelled");
}

void TestCallFailure::namesOutcomes()
{
    QFETCH(int, outcome);
    QFETCH(int, code);
    QFETCH(QString, subject);
    QFETCH(QByteArray, expected);
    const CallFailure failure = failureOf(
        factsOf(CallOutcome(outcome), {ErrorCode(code), QStringLiteral("what happened"), subject}));
    QCOMPARE(failure.code, expected);
    QCOMPARE(failure.message, QByteArray("what happened"));
}

void TestCallFailure::readsAnswers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QList<QByteArray>>("error"); // type, code, message
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("message");
    using Words = QList<QByteArray>;
    QTest::newRow("fine") << 200 << Words() << QByteArray("text") << QByteArray() << QByteArray();
    QTest::newRow("redirect") << 304 << Words() << QByteArray() << QByteArray() << QByteArray();
    QTest::newRow("type") << 529 << Words{"overloaded_error", "", "Overloaded"} << QByteArray()
                          << QByteArray("overloaded_error") << QByteArray("Overloaded");
    QTest::newRow("type before code")
        << 401 << Words{"invalid_request_error", "invalid_api_key", "No"} << QByteArray()
        << QByteArray("invalid_request_error") << QByteArray("No");
    QTest::newRow("code alone") << 429 << Words{"", "429", "Slow"} << QByteArray() << QByteArray("429")
                                << QByteArray("Slow");
    QTest::newRow("message alone") << 400 << Words{"", "", "Bad"} << QByteArray() << QByteArray("http_400")
                                   << QByteArray("Bad");
    QTest::newRow("inside a 200") << 200 << Words{"overloaded_error", "", "Overloaded"} << QByteArray()
                                  << QByteArray("overloaded_error") << QByteArray("Overloaded");
    QTest::newRow("nameless inside a 200")
        << 200 << Words{"", "", "Bad"} << QByteArray() << QByteArray("error") << QByteArray("Bad");
    QTest::newRow("no dialect's") << 502 << Words() << QByteArray(" <h1>Bad Gateway</h1>\n")
                                  << QByteArray("http_502") << QByteArray("<h1>Bad Gateway</h1>");
    // In the shapes of wire/errorbody, which has a table of them.
    QTest::newRow("no dialect's JSON")
        << 404 << Words() << QByteArray(R"({"error":{"message":"No such file","type":"t"}})")
        << QByteArray("t") << QByteArray("No such file");
    QTest::newRow("JSON that tells no error")
        << 404 << Words() << QByteArray(R"({"a":1})") << QByteArray("http_404") << QByteArray(R"({"a":1})");
    QTest::newRow("JSON of a success")
        << 200 << Words() << QByteArray(R"({"error":"x"})") << QByteArray() << QByteArray();
    QTest::newRow("empty body") << 503 << Words() << QByteArray() << QByteArray("http_503")
                                << QByteArray("The reason");
}

void TestCallFailure::readsAnswers()
{
    QFETCH(int, status);
    QFETCH(QList<QByteArray>, error);
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, message);
    ParsedResponse response;
    response.isComplete = true;
    if (!error.isEmpty())
        response.error = ParsedError{error[0], error[1], error[2]};
    for (CallOutcome outcome : {CallOutcome::Completed, CallOutcome::ClientCancelled}) {
        FailureFacts facts = factsOf(outcome);
        facts.status = status;
        facts.reason = "The reason";
        facts.responseText = text;
        facts.response = &response;
        const CallFailure failure = failureOf(facts);
        QCOMPARE(failure.code, code);
        QCOMPARE(failure.message, message);
    }
}

void TestCallFailure::tellsCutStreams_data()
{
    QTest::addColumn<int>("outcome");
    QTest::addColumn<bool>("isStream");
    QTest::addColumn<bool>("isComplete");
    QTest::addColumn<bool>("isWholeSeen");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char* name, CallOutcome outcome, bool isStream, bool isComplete,
                         bool isWholeSeen, const char* code) {
        QTest::newRow(name) << int(outcome) << isStream << isComplete << isWholeSeen << QByteArray(code);
    };
    row("complete", CallOutcome::Completed, true, true, true, "");
    row("without its end", CallOutcome::Completed, true, false, true, "incomplete");
    row("we were blind", CallOutcome::Completed, true, false, false, "");
    row("no stream", CallOutcome::Completed, false, false, true, "");
    row("left in the middle", CallOutcome::ClientCancelled, true, false, true, "client_cancelled");
    row("left after the end", CallOutcome::ClientCancelled, true, true, true, "");
    row("broke off after the end", CallOutcome::UpstreamFailed, true, true, true, "connection_error");
}

void TestCallFailure::tellsCutStreams()
{
    QFETCH(int, outcome);
    QFETCH(bool, isStream);
    QFETCH(bool, isComplete);
    QFETCH(bool, isWholeSeen);
    QFETCH(QByteArray, code);
    ParsedResponse response;
    response.isComplete = isComplete;
    FailureFacts facts = factsOf(CallOutcome(outcome));
    facts.status = 200;
    facts.response = &response;
    facts.isStream = isStream;
    facts.isWholeSeen = isWholeSeen;
    QCOMPARE(failureOf(facts).code, code);
}

void TestCallFailure::saysWhenTheProxyStopped()
{
    QCOMPARE(failureOf({}).code, QByteArray("incomplete"));
}

void TestCallFailure::boundsMessages()
{
    const CallFailure failure = failureOf(factsOf(
        CallOutcome::UpstreamFailed, {ErrorCode::ConnectionFailed, QString(100'000, QLatin1Char('x')), {}}));
    QVERIFY(failure.message.size() < 2100);
}

REGISTER_TEST(TestCallFailure)
#include "tst_callfailure.moc"
