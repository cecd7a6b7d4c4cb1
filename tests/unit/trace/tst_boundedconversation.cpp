// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/boundedconversation.h"

#include "base/medianote.h"

class TestBoundedConversation final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWhatFits();
    void keepsTheNewestWhole();
    void turnsCutJsonIntoText();
    void prefersATextToItsSources();
    void keepsNoHalfMedia();
    void countsMediaApart();
    void cutsTools();
    void staysNearTheBound();
};

namespace {

Part textPart(const QByteArray& text)
{
    Part part;
    part.text = text;
    return part;
}

Message saying(const QByteArray& role, const QList<Part>& parts)
{
    return {role, {}, parts, {}};
}

} // namespace

void TestBoundedConversation::leavesWhatFits()
{
    Conversation conversation{
        {saying("user", {textPart("12345"), textPart("67890")})}, {{"t", "d", "{}", "{}"}}};
    const Conversation before = conversation;
    QVERIFY(!boundConversation(&conversation, 15));
    QVERIFY(conversation == before);
    QVERIFY(boundConversation(&conversation, 14));
}

void TestBoundedConversation::keepsTheNewestWhole()
{
    Conversation conversation{
        {saying("system", {textPart("old old")}), saying("user", {textPart("abcdefghij"), textPart("kl")}),
            saying("user", {textPart("newest")})},
        {}};
    QVERIFY(boundConversation(&conversation, 12));
    QCOMPARE(conversation.messages[2].parts[0].text, QByteArray("newest"));
    QCOMPARE(conversation.messages[1].parts[1].text, QByteArray("kl"));
    QCOMPARE(conversation.messages[1].parts[0].text, QByteArray("abcd…[truncated 6 bytes]"));
    QCOMPARE(conversation.messages[0].parts[0].text, QByteArray("…[truncated 7 bytes]"));
    QCOMPARE(conversation.messages[0].role, QByteArray("system"));
}

void TestBoundedConversation::turnsCutJsonIntoText()
{
    Part call;
    call.kind = Part::Kind::ToolCall;
    call.name = "f";
    call.json = R"({"a":[1,2,3]})";
    Conversation conversation{{saying("assistant", {call})}, {}};
    QVERIFY(boundConversation(&conversation, 6));
    const Part cut = conversation.messages[0].parts[0];
    QCOMPARE(cut.json, QByteArray());
    QCOMPARE(cut.text, QByteArray("{\"a\":[…[truncated 7 bytes]"));
    QCOMPARE(cut.name, QByteArray("f"));
}

void TestBoundedConversation::prefersATextToItsSources()
{
    Part text = textPart("0123456789");
    text.json = R"([{"type":"url_citation"}])";
    Conversation conversation{{saying("assistant", {text})}, {}};
    QVERIFY(boundConversation(&conversation, 20));
    QCOMPARE(conversation.messages[0].parts[0].text, QByteArray("0123456789"));
    QCOMPARE(conversation.messages[0].parts[0].json, QByteArray());
}

void TestBoundedConversation::keepsNoHalfMedia()
{
    Part image;
    image.kind = Part::Kind::Image;
    image.mediaType = "image/png";
    image.text = "data:image/png;base64," + QByteArray(100, 'A');
    image.text += "====";
    Conversation conversation{{saying("user", {image, textPart("see")})}, {}};
    QVERIFY(boundConversation(&conversation, 10));
    QCOMPARE(conversation.messages[0].parts[0].text, mediaNote("image/png", QByteArray(75, '\0')));
    QCOMPARE(conversation.messages[0].parts[0].mediaType, QByteArray("image/png"));
    QCOMPARE(conversation.messages[0].parts[1].text, QByteArray("see"));
}

// A picture must not cost the words around it, nor the other way round; the newest are kept.
void TestBoundedConversation::countsMediaApart()
{
    Part image;
    image.kind = Part::Kind::Image;
    image.text = "data:image/png;base64," + QByteArray(400, 'A');
    Conversation conversation{
        {saying("user", {image, textPart("0123456789")}), saying("user", {image, textPart("tail")})}, {}};
    const Conversation before = conversation;
    QVERIFY(boundConversation(&conversation, 60)); // 480 bytes for media
    QCOMPARE(conversation.messages[0].parts[0].text, mediaNote("image/png", QByteArray(300, '\0')));
    QCOMPARE(conversation.messages[0].parts[1], before.messages[0].parts[1]);
    QCOMPARE(conversation.messages[1], before.messages[1]);
    conversation = before;
    QVERIFY(!boundConversation(&conversation, 200));
    QCOMPARE(conversation, before);
}

void TestBoundedConversation::cutsTools()
{
    Conversation conversation{{saying("user", {textPart("0123456789")})},
        {{"small", "s", "{}", "{}"}, {"large", "l", QByteArray(50, 'x'), QByteArray(50, 'y')}}};
    QVERIFY(boundConversation(&conversation, 20));
    QCOMPARE(conversation.tools[0].json, QByteArray("{}"));
    QCOMPARE(conversation.tools[1].name, QByteArray("large"));
    QCOMPARE(conversation.tools[1].json, QByteArray());
    QCOMPARE(conversation.tools[1].parametersJson, QByteArray());
}

void TestBoundedConversation::staysNearTheBound()
{
    Conversation conversation;
    for (int i = 0; i < 100; ++i)
        conversation.messages.append(saying("user", {textPart(QByteArray(1000, 'x'))}));
    QVERIFY(boundConversation(&conversation, 5500));
    qsizetype bytes = 0;
    for (const Message& message : conversation.messages)
        bytes += message.parts[0].text.size();
    QVERIFY(bytes >= 5500);
    QVERIFY(bytes < 5500 + 100 * 40); // the marks
}

REGISTER_TEST(TestBoundedConversation)
#include "tst_boundedconversation.moc"
