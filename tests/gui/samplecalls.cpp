// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "samplecalls.h"

#include "app/recordrulesloader.h"
#include "samplewire.h"
#include "store/tracestore.h"

#include <algorithm>

namespace {

constexpr qint64 second = 1'000'000; // in microseconds

const char* const agentSession = "claude-code 7f3a91c4";
const char* const codexSession = "codex 21bc";
const char* const chatSession = "support-chat 1182";

QJsonObject textPart(const QString& text)
{
    return {{"type", "text"}, {"text", text}};
}

QJsonObject toolUse(const QString& id, const QString& name, const QJsonObject& input)
{
    return {{"type", "tool_use"}, {"id", id}, {"name", name}, {"input", input}};
}

QJsonObject toolResult(const QString& id, const QString& text, bool isError = false)
{
    QJsonObject result{{"type", "tool_result"}, {"tool_use_id", id}, {"content", text}};
    if (isError)
        result.insert("is_error", true);
    return result;
}

QJsonObject message(const QString& role, const QJsonArray& parts)
{
    return {{"role", role}, {"content", parts}};
}

QJsonObject tool(const QString& name, const QString& about, const QStringList& fields)
{
    QJsonObject properties;
    for (const QString& field : fields)
        properties.insert(field, QJsonObject{{"type", "string"}});
    return {{"name", name}, {"description", about},
        {"input_schema",
            QJsonObject{{"type", "object"}, {"properties", properties},
                {"required", QJsonArray::fromStringList(fields)}}}};
}

// ---- the agent

const char* const opus = "claude-opus-4-6";

QJsonArray agentTools()
{
    return {tool("Read", "Reads a file of the repository", {"path"}),
        tool("Grep", "Searches the repository for a pattern", {"pattern", "path"}),
        tool("Edit", "Replaces text in a file", {"path", "old", "new"}),
        tool("Bash", "Runs a command in a shell", {"command"})};
}

struct AgentTurn
{
    QJsonArray user; // what is new before the answer
    QJsonArray answer;
    int output = 0;
    qint64 firstUs = 0;
    qint64 durationUs = 0;
};

QList<AgentTurn> agentTurns()
{
    const auto thinking = [](const char* text) {
        return QJsonObject{
            {"type", "thinking"}, {"thinking", QString::fromUtf8(text)}, {"signature", "c2lnbmF0dXJl"}};
    };
    return {
        {{textPart("The test for average() fails since yesterday. Can you find out why, and mend it?")},
            {thinking("First I should see which test fails and what average() looks like. A search for the "
                      "name shows both."),
                textPart("I look for the function and its test."),
                toolUse("toolu_01", "Grep", {{"pattern", "def average"}, {"path", "."}})},
            96, 1'310'000, 3'480'000},
        {{toolResult(
             "toolu_01", "stats.py:12:def average(values):\ntests/test_stats.py:31:def test_average():")},
            {textPart("Both files are short, I read them."),
                toolUse("toolu_02", "Read", {{"path", "stats.py"}}),
                toolUse("toolu_03", "Read", {{"path", "tests/test_stats.py"}})},
            121, 940'000, 2'610'000},
        {{toolResult("toolu_02",
              "def average(values):\n    \"\"\"The mean of a list of numbers.\"\"\"\n    total = "
              "sum(values)\n"
              "    return total / max(len(values) - 1, 1)"),
             toolResult("toolu_03",
                 "def test_average():\n    assert average([2, 4, 6]) == 4\n    assert average([]) == 0")},
            {thinking("The divisor is len(values) - 1: that is the sample variance's, not the mean's. With "
                      "[2, 4, 6] it gives 6. For an empty list the test wants 0, so max(len(values), 1) "
                      "keeps that."),
                textPart("The sum is divided by `len(values) - 1`, which is right for a sample's variance, "
                         "but not for a mean. I mend the divisor and keep the empty list at 0."),
                toolUse("toolu_04", "Edit",
                    {{"path", "stats.py"}, {"old", "max(len(values) - 1, 1)"},
                        {"new", "max(len(values), 1)"}})},
            238, 1'720'000, 6'240'000},
        {{toolResult("toolu_04", "1 replacement in stats.py")},
            {toolUse("toolu_05", "Bash", {{"command", "python -m pytest -q tests/test_stats.py"}})}, 74,
            810'000, 1'930'000},
        {{toolResult(
             "toolu_05", "E       ModuleNotFoundError: No module named 'pytest'\n1 error in 0.03s", true)},
            {textPart("pytest is not installed here; the tests are plain functions, so I call them."),
                toolUse("toolu_06", "Bash",
                    {{"command",
                        "python -c 'import tests.test_stats as t; t.test_average(); print(\"ok\")'"}})},
            118, 900'000, 2'870'000},
        {{toolResult("toolu_06", "ok")},
            {textPart(
                "The test passes again.\n\n**Cause:** yesterday's commit took the divisor of the *sample "
                "variance* for the mean:\n\n| input | before | now |\n|---|---|---|\n| `[2, 4, 6]` | 6.0 | "
                "4.0 |\n| `[]` | 0.0 | 0.0 |\n\n**Change** in `stats.py`:\n\n```python\nreturn total / "
                "max(len(values), 1)\n```\n\nTwo things that I left alone:\n\n- `median()` has the same "
                "pattern, but its test passes\n- pytest is missing from `requirements-dev.txt`")},
            312, 1'140'000, 7'020'000},
        {{textPart("Thanks! Please add pytest to requirements-dev.txt, too.")},
            {textPart("Done in one line:"),
                toolUse("toolu_07", "Bash", {{"command", "echo pytest >> requirements-dev.txt"}})},
            81, 1'080'000, 2'240'000},
    };
}

QJsonObject agentRequest(const QJsonArray& messages, bool hasEdit)
{
    QJsonArray tools = agentTools();
    if (!hasEdit)
        tools.removeAt(2);
    return {{"model", opus}, {"max_tokens", 32000}, {"stream", true}, {"temperature", 1},
        {"system",
            "You are a coding agent in the user's repository. Read before you change, change as little as "
            "possible, run the tests, and say in the end what you did and what you left alone."},
        {"tools", tools}, {"messages", messages}};
}

QList<WireCall> agentCalls()
{
    QList<WireCall> calls;
    QJsonArray messages;
    qint64 startUs = 0;
    int cached = 0;
    int size = 14'200;
    const QList<AgentTurn> turns = agentTurns();
    for (qsizetype i = 0; i < turns.size(); ++i) {
        const AgentTurn& turn = turns.at(i);
        messages.append(message("user", turn.user));
        WireCall call;
        call.startUs = startUs;
        call.provider = "anthropic";
        call.target = "/v1/messages";
        call.session = agentSession;
        call.request = agentRequest(messages, i != 0); // a tool more since the second turn: the cache breaks
        const int written = i < 2 ? size : size - cached - 6;
        call.pieces = anthropicEvents(opus, turn.answer, {6, i < 2 ? 0 : cached, written, turn.output},
            i == 5 ? "end_turn" : "tool_use");
        call.firstUs = turn.firstUs;
        call.durationUs = turn.durationUs;
        calls.append(call);
        messages.append(message("assistant", turn.answer));
        cached = size;
        size += 900 + turn.output * 3;
        startUs += turn.durationUs + (i == 5 ? 41 * second : 2 * second);
    }
    return calls;
}

// ---- the others

WireCall openAiCall(qint64 startUs, const QByteArray& session, const QString& model,
    const QJsonArray& messages, const QString& answer, const QJsonObject& usage)
{
    WireCall call;
    call.startUs = startUs;
    call.provider = "openai";
    call.target = "/v1/chat/completions";
    call.session = session;
    call.request = {{"model", model}, {"stream", true},
        {"stream_options", QJsonObject{{"include_usage", true}}}, {"messages", messages}};
    const auto chunk = [&](const QJsonObject& delta, const QJsonValue& finish, const QJsonValue& total) {
        QJsonArray choices;
        if (total.isNull())
            choices.append(QJsonObject{{"index", 0}, {"delta", delta}, {"finish_reason", finish}});
        return "data: "
            + compactJson({{"id", "chatcmpl-sample"}, {"object", "chat.completion.chunk"}, {"model", model},
                {"choices", choices}, {"usage", total}})
            + "\n\n";
    };
    const QStringList words = answer.split(u' ');
    for (const QString& word : words)
        call.pieces.append(chunk({{"content", QString(word + u' ')}}, QJsonValue(), QJsonValue()));
    call.pieces.append(chunk({}, "stop", QJsonValue()));
    if (!usage.isEmpty())
        call.pieces.append(chunk({}, QJsonValue(), usage));
    call.pieces.append("data: [DONE]\n\n");
    return call;
}

QJsonObject openAiUsage(int input, int cached, int output, int reasoning)
{
    return {{"prompt_tokens", input}, {"completion_tokens", output}, {"total_tokens", input + output},
        {"prompt_tokens_details", QJsonObject{{"cached_tokens", cached}}},
        {"completion_tokens_details", QJsonObject{{"reasoning_tokens", reasoning}}}};
}

WireCall geminiCall(qint64 startUs, const QString& question, const QString& answer, int input, int output)
{
    WireCall call;
    call.startUs = startUs;
    call.provider = "gemini";
    call.target = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
    call.session = chatSession;
    call.request = {{"contents",
        QJsonArray{QJsonObject{{"role", "user"}, {"parts", QJsonArray{QJsonObject{{"text", question}}}}}}}};
    const QStringList words = answer.split(u' ');
    for (qsizetype i = 0; i < words.size(); ++i) {
        QJsonObject candidate{{"index", 0},
            {"content",
                QJsonObject{{"role", "model"},
                    {"parts", QJsonArray{QJsonObject{{"text", QString(words.at(i) + u' ')}}}}}}};
        QJsonObject event{{"candidates", QJsonArray{candidate}}, {"modelVersion", "gemini-2.5-flash"}};
        if (i + 1 == words.size()) {
            candidate.insert("finishReason", "STOP");
            event.insert("candidates", QJsonArray{candidate});
            event.insert("usageMetadata",
                QJsonObject{{"promptTokenCount", input}, {"candidatesTokenCount", output},
                    {"totalTokenCount", input + output}});
        }
        call.pieces.append("data: " + compactJson(event) + "\r\n\r\n");
    }
    call.firstUs = 410'000;
    call.durationUs = 1'320'000;
    return call;
}

WireCall refused(WireCall call, int status, const QByteArray& body)
{
    call.status = status;
    call.isStream = false;
    call.pieces = {body};
    call.firstUs = 180'000;
    call.durationUs = 190'000;
    return call;
}

QJsonArray codexMessages(const QString& text)
{
    return {QJsonObject{{"role", "developer"}, {"content", "You work in a terminal. Be brief."}},
        QJsonObject{{"role", "user"}, {"content", text}}};
}

QList<WireCall> otherCalls()
{
    QList<WireCall> calls{
        openAiCall(-96 * second, codexSession, "gpt-5.2", codexMessages("Rename the flag --fast to --quick."),
            "I have renamed it in the parser, in the manual and in two tests. The old name still works and "
            "says that it will go.",
            openAiUsage(8240, 0, 412, 256)),
        openAiCall(-71 * second, codexSession, "gpt-5.2", codexMessages("Now the same for --slow."),
            "Done, in the same three places.", openAiUsage(9130, 8192, 198, 128)),
        geminiCall(-40 * second, "Where can a customer change the address of a delivery?",
            "In the order's page, under Delivery, until the parcel has left the warehouse.", 812, 74),
        openAiCall(4 * second, codexSession, "gpt-5.2", codexMessages("Why is the build slow on the runner?"),
            "The runner has two processors and the build asks for eight: it swaps.",
            openAiUsage(10'420, 9216, 640, 512)),
        geminiCall(9 * second, "How long may a parcel be?",
            "Up to 120 cm; longer ones go by the carrier for bulky goods, which takes two days more.", 846,
            61),
        openAiCall(27 * second, "", "acme-coder-70b", codexMessages("Complete: for (int i = 0;"),
            "i < count; ++i)", {}),
        openAiCall(33 * second, codexSession, "gpt-5.2", codexMessages("Split the job in two."),
            "I would split it by preset: the release build with its tests, and the one with sanitizers. "
            "They share nothing but the checkout, so both can",
            openAiUsage(11'020, 9216, 210, 64)),
    };
    calls[5].durationUs = 900'000;
    calls[6].outcome = CallOutcome::ClientCancelled;
    calls[6].pieces.removeLast();
    calls[6].pieces.removeLast();
    calls[6].pieces.removeLast();
    calls[3].durationUs = 9'400'000;
    calls[3].firstUs = 4'800'000;
    WireCall limited = openAiCall(21 * second, codexSession, "gpt-5.2", codexMessages("Go on."), {}, {});
    calls.append(refused(limited, 429,
        R"({"error":{"message":"Rate limit reached for gpt-5.2: try again in 12s","type":"requests","code":"rate_limit_exceeded"}})"));
    calls.last().delivery = SampleCall::Delivery::Rejected;
    WireCall overloaded = agentCalls().first();
    overloaded.startUs = -6 * second;
    calls.append(refused(overloaded, 529,
        R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded, please try again"}})"));
    calls.append(geminiCall(57 * second, "Can I return a gift without its receipt?",
        "Yes, with the number of the order, for a voucher of the price that was paid.", 871, 58));
    calls.last().delivery = SampleCall::Delivery::Waiting;
    return calls;
}

} // namespace

QList<SampleCall> sampleCalls(qint64 endUs)
{
    const Result<RecordRules> rules = loadRecordRules(Config());
    if (!rules)
        qFatal("%s", qPrintable(rules.error().message));
    QList<WireCall> calls = agentCalls() + otherCalls();
    std::sort(calls.begin(), calls.end(),
        [](const WireCall& a, const WireCall& b) { return a.startUs < b.startUs; });
    qint64 lastUs = 0;
    for (const WireCall& call : std::as_const(calls))
        lastUs = std::max(lastUs, call.startUs + call.durationUs);
    QList<SampleCall> samples;
    for (const WireCall& call : std::as_const(calls))
        samples.append({recordOf(call, endUs - lastUs - second, *rules), call.delivery});
    return samples;
}

bool writeSampleStore(const QString& path, const QList<SampleCall>& calls)
{
    TraceStore store;
    TraceStore::Options options;
    options.path = path;
    if (!store.open(options))
        return false;
    for (const SampleCall& call : calls)
        store.append(call.record, DeliveryState::Pending);
    if (!store.flush())
        return false;
    QList<qint64> accepted;
    bool isWritten = true;
    for (qsizetype i = 0; i < calls.size(); ++i) {
        if (calls.at(i).delivery == SampleCall::Delivery::Accepted)
            accepted.append(i + 1);
        else if (calls.at(i).delivery == SampleCall::Delivery::Rejected)
            isWritten = store.markRejected(i + 1, "rejected_400: startTime is missing") && isWritten;
    }
    isWritten = store.markDelivered(accepted) && isWritten;
    store.close();
    return isWritten;
}

QByteArray sampleStreamRequest()
{
    QJsonArray messages;
    const QList<AgentTurn> turns = agentTurns();
    for (qsizetype i = 0; i < 2; ++i) {
        messages.append(message("user", turns.at(i).user));
        messages.append(message("assistant", turns.at(i).answer));
    }
    messages.append(message("user", turns.at(2).user));
    return compactJson(agentRequest(messages, true));
}

QList<QByteArray> sampleStreamBegin()
{
    QList<QByteArray> events
        = anthropicEvents(opus, agentTurns().at(2).answer, {6, 15'400, 980, 238}, QStringLiteral("tool_use"));
    events.resize(events.size() * 2 / 3);
    return events;
}
