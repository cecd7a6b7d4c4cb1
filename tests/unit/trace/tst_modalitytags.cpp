// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/testprogram.h"
#include "trace/modalitytags.h"

class TestModalityTags final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tagsByPath_data();
    void tagsByPath();
    void tagsByContent_data();
    void tagsByContent();
    void namesEachTagOnce();
};

namespace {

Conversation saying(Part::Kind kind)
{
    Part part;
    part.kind = kind;
    Message message;
    message.parts = {Part(), part, part};
    Conversation conversation;
    conversation.messages = {Message(), message};
    return conversation;
}

} // namespace

void TestModalityTags::tagsByPath_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QList<QByteArray>>("expected");
    const auto row = [](const char* path, const QList<QByteArray>& expected) {
        QTest::newRow(path) << QByteArray(path) << expected;
    };
    row("/v1/chat/completions", {});
    row("/v1/audio/transcriptions", {"audio"});
    row("/v1/images/generations", {"vision"});
    row("/v1/embeddings", {"embedding"});
    row("/v1beta/models/m:embedContent", {"embedding"});
    row("/v1beta/models/m:batchEmbedContents", {"embedding"});
    row("/v1/audio", {});
}

void TestModalityTags::tagsByPath()
{
    QFETCH(QByteArray, path);
    QFETCH(QList<QByteArray>, expected);
    QCOMPARE(modalityTags(path, {}, {}), expected);
}

void TestModalityTags::tagsByContent_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QList<QByteArray>>("expected");
    const auto row = [](const char* name, Part::Kind kind, const QList<QByteArray>& expected) {
        QTest::newRow(name) << int(kind) << expected;
    };
    row("text", Part::Kind::Text, {});
    row("image", Part::Kind::Image, {"vision"});
    row("audio", Part::Kind::Audio, {"audio"});
    row("document", Part::Kind::Document, {"document"});
    row("tool call", Part::Kind::ToolCall, {});
}

void TestModalityTags::tagsByContent()
{
    QFETCH(int, kind);
    QFETCH(QList<QByteArray>, expected);
    const Conversation conversation = saying(Part::Kind(kind));
    QCOMPARE(modalityTags("/v1/messages", conversation, {}), expected);
    QCOMPARE(modalityTags("/v1/messages", {}, conversation), expected);
}

void TestModalityTags::namesEachTagOnce()
{
    const QList<QByteArray> expected{"audio", "vision"};
    QCOMPARE(
        modalityTags("/v1/images/audio/", saying(Part::Kind::Audio), saying(Part::Kind::Image)), expected);
}

REGISTER_TEST(TestModalityTags)
#include "tst_modalitytags.moc"
