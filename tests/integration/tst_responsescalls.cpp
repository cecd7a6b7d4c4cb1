// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Calls of the Responses API on their way through the program into Langfuse: output with reasoning and
// function calls, usage, failures, the routes about answers that are there already, and the sessions of
// chains.

#include "responsesanswer.h"
#include "support/testprogram.h"
#include "tracedproxy.h"

using namespace std::chrono_literals;

class TestResponsesCalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_site.proxy.start(), m_site.proxy.errorText()); }
    void tracesWhatWasAnswered_data();
    void tracesWhatWasAnswered();
    void tracesFailures_data();
    void tracesFailures();
    void countsOnlyGenerations_data();
    void countsOnlyGenerations();
    void keepsAChainInOneSession();
    void takesSessionAndPromptFromHeaders();

private:
    [[nodiscard]] LangfuseSpan call(const QByteArray& id, const QByteArray& kind,
        const QByteArray& body = R"({"model":"gpt-5","instructions":"Be brief.","input":"Weather?"})",
        const QByteArray& method = "POST", const QByteArray& target = "/v1/responses",
        const QByteArray& fields = {})
    {
        const QByteArray head = "Content-Type: application/json\r\nX-Request-Id: " + id
            + "\r\nX-Answer-Id: resp_" + id + "\r\nX-Kind: " + kind + "\r\n" + fields;
        if (m_site.statusOf(requestText(method, target, head, body)) != 200)
            return {};
        return m_site.waitForSpanOf(id);
    }

    TracedProxy m_site{responsesAnswer};
};

void TestResponsesCalls::tracesWhatWasAnswered_data()
{
    QTest::addColumn<bool>("isStream");
    QTest::newRow("document") << false;
    QTest::newRow("streamed") << true;
    QTest::newRow("final event only") << true;
}

void TestResponsesCalls::tracesWhatWasAnswered()
{
    QFETCH(bool, isStream);
    const QByteArray kind = QTest::currentDataTag();
    const LangfuseSpan span = call(QByteArray(kind).replace(' ', '-'), kind);
    QCOMPARE(langfuseAttribute(span, "observation.type"), "generation");
    QCOMPARE(langfuseAttribute(span, "observation.model.name"), "gpt-5-2025-08-07");
    QVERIFY(langfuseAttribute(span, "observation.level").isEmpty());
    QCOMPARE(langfuseAttribute(span, "observation.metadata.isStreaming"), isStream ? "true" : "false");
    QCOMPARE(langfuseAttribute(span, "observation.metadata.finish_reason"), "completed");
    QCOMPARE(langfuseAttribute(span, "observation.input"),
        R"({"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"}]})");
    QCOMPARE(langfuseAttribute(span, "observation.output"),
        R"({"role":"assistant","content":"It is sunny","thinking":[{"type":"thinking","content":"Let me think"}],)"
        R"("tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Paris\"}"}}]})");
    QCOMPARE(langfuseAttribute(span, "observation.usage_details"),
        R"({"input":60,"input_cached_tokens":40,"output":20,"output_reasoning_tokens":10,"total":130})");
}

void TestResponsesCalls::tracesFailures_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("failed") << QByteArray("server_error") << QByteArray("Broken");
    QTest::newRow("unfinished") << QByteArray("incomplete")
                                << QByteArray("The stream ended without its final event");
}

void TestResponsesCalls::tracesFailures()
{
    const QByteArray kind = QTest::currentDataTag();
    const LangfuseSpan span = call(kind, kind);
    QCOMPARE(langfuseAttribute(span, "observation.level"), "ERROR");
    QTEST(langfuseAttribute(span, "observation.status_message"), "message");
    QTEST(langfuseAttribute(span, "observation.metadata.errorCode"), "code");
    QVERIFY(langfuseAttribute(span, "observation.output").contains("It is sunny"));
}

void TestResponsesCalls::countsOnlyGenerations_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("isGeneration");
    const auto row = [](const char* name, const char* method, const char* target, bool isGeneration) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(target) << isGeneration;
    };
    row("compact", "POST", "/v1/responses/compact", true);
    row("retrieve", "GET", "/v1/responses/resp_1?include=reasoning.encrypted_content", false);
    row("cancel", "POST", "/v1/responses/resp_1/cancel", false);
    row("input items", "GET", "/v1/responses/resp_1/input_items", false);
    row("input tokens", "POST", "/v1/responses/input_tokens", false);
}

void TestResponsesCalls::countsOnlyGenerations()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, target);
    QFETCH(bool, isGeneration);
    const QByteArray id = QByteArray(QTest::currentDataTag()).replace(' ', '-');
    const LangfuseSpan span
        = call(id, "document", method == "GET" ? "" : R"({"model":"gpt-5","input":"Hi"})", method, target);
    QCOMPARE(langfuseAttribute(span, "observation.type"), isGeneration ? "generation" : "span");
    QCOMPARE(!langfuseAttribute(span, "observation.usage_details").isEmpty(), isGeneration);
    QVERIFY(langfuseAttribute(span, "observation.output").contains("It is sunny"));
}

/// Each call names the answer before it; only the second says its session.
void TestResponsesCalls::keepsAChainInOneSession()
{
    const auto next
        = [this](const QByteArray& id, const QByteArray& previous, const QByteArray& fields = {}) {
              const QByteArray body
                  = R"({"model":"gpt-5","input":"And?","previous_response_id":")" + previous + "\"}";
              return langfuseAttribute(
                  call(id, id == "chain-3" ? "streamed" : "document", body, "POST", "/v1/responses", fields),
                  "session.id");
          };
    QCOMPARE(next("chain-1", "resp_unseen"), "resp_unseen");
    QCOMPARE(next("chain-2", "resp_chain-1", "X-Session-Id: mine\r\n"), "mine");
    QCOMPARE(next("chain-3", "resp_chain-2"), "mine");
    QCOMPARE(next("chain-4", "resp_chain-3", "X-User-Id: u\r\n"), "mine");
    QCOMPARE(next("chain-5", "resp_chain-1"), "resp_unseen");
}

/// Codex's header goes on to the upstream; ours does not.
void TestResponsesCalls::takesSessionAndPromptFromHeaders()
{
    const LangfuseSpan span = call("codex", "document",
        R"({"model":"gpt-5","input":"Hi","store":false,"prompt_cache_key":"k","safety_identifier":"u-1"})",
        "POST", "/v1/responses",
        "session-id: 0199-codex\r\nX-Langfuse-Prompt-Name: greet\r\nX-Langfuse-Prompt-Version: 3\r\n");
    QCOMPARE(langfuseAttribute(span, "session.id"), "0199-codex");
    QCOMPARE(langfuseAttribute(span, "user.id"), "u-1");
    QCOMPARE(langfuseAttribute(span, "observation.prompt.name"), "greet");
    QCOMPARE(langfuseAttribute(span, "observation.prompt.version"), "3");
    const HeaderList seen = m_site.upstream.requests().last().headers;
    QCOMPARE(seen.value("session-id"), "0199-codex");
    QVERIFY(!seen.contains("x-langfuse-prompt-name"));
}

REGISTER_TEST(TestResponsesCalls)
#include "tst_responsescalls.moc"
