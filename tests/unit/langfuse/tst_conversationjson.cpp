// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/conversationjson.h"
#include "support/testprogram.h"

#include "base/medianote.h"
#include "langfuse/inlinemedia.h"
#include "samplerecord.h"

class TestConversationJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesMessages_data();
    void writesMessages();
    void writesTools();
    void writesSeveralChoicesAsList();
    void leavesEmptyEmpty();
};

namespace {

Part partOf(Part::Kind kind, const QByteArray& text, const QByteArray& json = {})
{
    Part part;
    part.kind = kind;
    part.text = text;
    part.json = json;
    return part;
}

} // namespace

void TestConversationJson::writesMessages_data()
{
    using Kind = Part::Kind;
    QTest::addColumn<QList<Part>>("parts");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* name, const QList<Part>& parts, const QByteArray& expected) {
        QTest::newRow(name) << parts << expected;
    };
    row("text", {textPart("a \"quote\"")}, R"([{"role":"r","content":"a \"quote\""}])");
    row("two texts", {textPart("a"), textPart("b")},
        R"([{"role":"r","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}])");
    row("texts with their sources", {partOf(Kind::Text, "a", R"([{"url":"u"}])"), partOf(Kind::Text, "b")},
        R"([{"role":"r","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}],)"
        R"("citations":[[{"url":"u"}]]}])");
    row("no parts", {}, R"([{"role":"r","content":""}])");

    Part call = partOf(Kind::ToolCall, {}, "{\"city\": 1.0");
    call.id = "call_1";
    call.name = "weather";
    row("tool call, arguments as they came", {textPart("t"), call},
        R"([{"role":"r","content":"t","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\": 1.0"}}]}])");

    Part thinking = partOf(Kind::Thinking, "hm");
    thinking.signature = "sig";
    row("thinking", {thinking, partOf(Kind::RedactedThinking, "opaque"), textPart("t")},
        R"([{"role":"r","content":"t","thinking":[{"type":"thinking","content":"hm","signature":"sig"}],"redacted_thinking":[{"type":"redacted_thinking","data":"opaque"}]}])");

    const QByteArray encrypted(5000, 'g');
    const QByteArray note = mediaNote("encrypted", encrypted);
    Part signedThinking = partOf(Kind::Thinking, "hm");
    signedThinking.signature = encrypted;
    row("long encrypted texts", {signedThinking, partOf(Kind::RedactedThinking, encrypted)},
        R"([{"role":"r","content":"","thinking":[{"type":"thinking","content":"hm","signature":")" + note
            + R"("}],"redacted_thinking":[{"type":"redacted_thinking","data":")" + note + R"("}]}])");

    Part result = partOf(Kind::ToolResult, "22 C");
    result.id = "call_1";
    Part failed = partOf(Kind::ToolResult, {}, R"([{"type":"text","text":"no"}])");
    failed.id = "call_2";
    failed.isError = true;
    row("tool results become messages", {result, failed, textPart("go on")},
        R"([{"role":"tool","tool_call_id":"call_1","content":"22 C"},)"
        R"({"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"no"}],"is_error":true},)"
        R"({"role":"r","content":"go on"}])");
    row("refusal", {partOf(Kind::Refusal, "I can't")}, R"([{"role":"r","content":"","refusal":"I can't"}])");
    row("unknown", {partOf(Kind::Unknown, {}, R"({"x":1})")},
        R"([{"role":"r","content":[{"type":"text","text":"{\"x\":1}"}]}])");
    row("image URL", {partOf(Kind::Image, "https://x/y.png")},
        R"([{"role":"r","content":[{"type":"image_url","image_url":{"url":"https://x/y.png"}}]}])");
    row("small image", {partOf(Kind::Image, "data:image/png;base64,AAAA")},
        R"([{"role":"r","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]}])");
    row("image the interface does not show", {partOf(Kind::Image, "data:image/tiff;base64,AAAA")},
        "[{\"role\":\"r\",\"content\":[{\"type\":\"text\",\"text\":\""
            + mediaNote("image/tiff", QByteArray(3, '\0')) + "\"}]}]");
    const QByteArray bytes(5000, 'p');
    row("large image", {textPart("see"), partOf(Kind::Image, "data:image/png;base64," + bytes.toBase64())},
        "[{\"role\":\"r\",\"content\":[{\"type\":\"text\",\"text\":\"see\"},{\"type\":\"text\",\"text\":\""
            + mediaNote("image/png", bytes) + "\"}]}]");
    Part document = partOf(Kind::Document, "file-123");
    document.mediaType = "application/pdf";
    document.name = "Report";
    row("document by reference", {document},
        R"([{"role":"r","content":[{"type":"text","text":"[document application/pdf file-123] Report"}]}])");
    Part audio = partOf(Kind::Audio, "data:audio/wav;base64,AAAA");
    audio.name = "spoken words";
    row("audio with transcript", {audio},
        "[{\"role\":\"r\",\"content\":[{\"type\":\"text\",\"text\":\""
            + mediaNote("audio/wav", QByteArray(3, '\0')) + " spoken words\"}]}]");
}

void TestConversationJson::writesMessages()
{
    QFETCH(QList<Part>, parts);
    QFETCH(QByteArray, expected);
    Message message;
    message.role = "r";
    message.parts = parts;
    Conversation conversation;
    conversation.messages = {message};
    QCOMPARE(ConversationJson::input(conversation), "{\"messages\":" + expected + "}");
}

void TestConversationJson::writesTools()
{
    Conversation conversation;
    conversation.messages = {textMessage("user", "x")};
    ToolDefinition tool;
    tool.name = "weather";
    tool.description = "d";
    tool.parametersJson = R"({"type":"object","n":1.0})";
    ToolDefinition builtIn;
    builtIn.json = R"({"google_search":{}})";
    conversation.tools = {tool, builtIn};
    QCOMPARE(ConversationJson::input(conversation),
        QByteArray(
            R"({"messages":[{"role":"user","content":"x"}],"tools":[{"name":"weather","description":"d",)"
            R"("parameters":{"type":"object","n":1.0}},{"google_search":{}}]})"));
}

void TestConversationJson::writesSeveralChoicesAsList()
{
    Conversation conversation;
    conversation.messages = {textMessage("assistant", "a")};
    QCOMPARE(ConversationJson::output(conversation), QByteArray(R"({"role":"assistant","content":"a"})"));
    conversation.messages.append(textMessage("assistant", "b"));
    QCOMPARE(ConversationJson::output(conversation),
        QByteArray(R"([{"role":"assistant","content":"a"},{"role":"assistant","content":"b"}])"));
}

void TestConversationJson::leavesEmptyEmpty()
{
    QVERIFY(ConversationJson::input({}).isEmpty());
    QVERIFY(ConversationJson::output({}).isEmpty());
}

REGISTER_TEST(TestConversationJson)
#include "tst_conversationjson.moc"
