// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The failures that wire/errorbody reads, in every shape that providers give them.

#include "support/testprogram.h"
#include "wire/errorbody.h"

#include "everychunking.h"

#include "wire/jsonparser.h"

class ErrorShapesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryShape_data();
    void readsEveryShape();
    void boundsMessages();
};

void ErrorShapesTest::readsEveryShape_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("failed"); // type|code|message, with a status that says so
    QTest::addColumn<QByteArray>("succeeded"); // and in the middle of a 200
    const auto row = [](const char* name, const char* body, const char* failed, const char* succeeded) {
        QTest::newRow(name) << QByteArray(body) << QByteArray(failed) << QByteArray(succeeded);
    };
    const auto both
        = [&row](const char* name, const char* body, const char* error) { row(name, body, error, error); };
    both("OpenAI",
        R"({"error":{"message":"No","type":"invalid_request_error","param":null,"code":"invalid_api_key"}})",
        "invalid_request_error|invalid_api_key|No");
    both("OpenAI without a code", R"({"error":{"message":"No","type":"server_error","code":null}})",
        "server_error||No");
    both("Anthropic",
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"})",
        "overloaded_error||Overloaded");
    both("Gemini",
        R"({"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[{"@type":"x"}]}})",
        "RESOURCE_EXHAUSTED|429|Quota");
    both("Gemini in an array", R"([{"error":{"code":400,"message":"Bad","status":"INVALID_ARGUMENT"}}])",
        "INVALID_ARGUMENT|400|Bad");
    both("Azure", R"({"error":{"code":"DeploymentNotFound","message":"No deployment"}})",
        "|DeploymentNotFound|No deployment");
    both("OpenRouter", R"({"error":{"code":402,"message":"Credits","metadata":{}},"user_id":"u"})",
        "|402|Credits");
    both("Ollama", R"({"error":"model 'x' not found"})", "||model 'x' not found");
    both("vLLM",
        R"({"object":"error","message":"Too long","type":"BadRequestError","param":null,"code":400})",
        "BadRequestError|400|Too long");
    row("a message alone", R"({"message":"No route","request_id":"r"})", "||No route", "none");
    row("FastAPI", R"({"detail":"Not Found"})", "||Not Found", "none");
    row("FastAPI's list", R"({"detail":[{"loc":["body"],"msg":"x"}]})", R"(||[{"loc":["body"],"msg":"x"}])",
        "none");
    both("null", R"({"error":null,"id":"x"})", "none");
    both("nothing", "{}", "none");
    both("an empty array", "[]", "none");
    both("no JSON", "<html>", "none");
    both("an error without words", R"({"error":{}})", "||");
    both("wrong types", R"({"error":{"message":{"a":1},"type":["x"],"code":true}})", "|true|");
}

void ErrorShapesTest::readsEveryShape()
{
    QFETCH(QByteArray, body);
    JsonParser parser;
    QTEST(described(readError(parser.parse(body), true)), "failed");
    QTEST(described(readError(parser.parse(body), false)), "succeeded");
}

void ErrorShapesTest::boundsMessages()
{
    JsonParser parser;
    const QByteArray body = R"({"error":{"message":")" + QByteArray(100'000, 'x') + R"("}})";
    QCOMPARE(readError(parser.parse(body), true)->message.size(), 64 * 1024);
}

REGISTER_TEST(ErrorShapesTest)
#include "tst_errorshapes.moc"
