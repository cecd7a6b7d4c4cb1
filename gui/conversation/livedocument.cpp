// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/livedocument.h"

#include "gui/conversation/conversationtext.h"

#include <QJsonArray>

#include <utility>

namespace {

constexpr qsizetype longestParagraph = 1000; // characters

ConversationBlock::Kind liveKind(const QString& word)
{
    using BlockKinds = ConversationBlock::Kind;
    if (word == QLatin1String("thinking"))
        return BlockKinds::Thinking;
    if (word == QLatin1String("refusal"))
        return BlockKinds::Refusal;
    return word == QLatin1String("tool_call") ? BlockKinds::ToolCall : BlockKinds::Assistant;
}

} // namespace

void LiveDocument::setPreview(const QString& preview)
{
    if (preview.isEmpty() || m_hasPreview)
        return;
    m_hasPreview = m_isNew = true;
    ConversationBlock block;
    block.kind = ConversationBlock::Kind::User;
    block.title = ConversationText::title(block.kind);
    block.note = tr("in short; the whole request is shown when the call has ended");
    block.text = preview;
    block.isNew = true;
    m_blocks.prepend(block);
}

void LiveDocument::add(const QJsonObject& progress)
{
    for (const QJsonValue& value : progress.value(QLatin1String("texts")).toArray()) {
        const QJsonObject text = value.toObject();
        const qsizetype message = text.value(QLatin1String("message")).toInteger();
        const qsizetype part = text.value(QLatin1String("part")).toInteger();
        if (message != m_message || part != m_part) {
            m_message = message;
            m_part = part;
            ConversationBlock block;
            block.kind = liveKind(text.value(QLatin1String("kind")).toString());
            block.form = block.kind == ConversationBlock::Kind::ToolCall ? ConversationBlock::Form::Code
                : block.kind == ConversationBlock::Kind::Assistant       ? ConversationBlock::Form::Markdown
                                                                         : ConversationBlock::Form::Plain;
            block.title = ConversationText::title(block.kind);
            if (const QString name = text.value(QLatin1String("name")).toString(); !name.isEmpty())
                block.title += QStringLiteral(" · ") + name;
            block.isNew = true;
            m_blocks.append(block);
            m_text.clear();
            m_lineLength = 0;
            m_isNew = true;
        }
        const QString piece = text.value(QLatin1String("text")).toString();
        m_blocks.last().text += piece;
        m_text += piece;
    }
    if (progress.contains(QLatin1String("textShown")) && !progress.value(QLatin1String("textShown")).toBool()
        && m_message < 0) {
        m_message = 0;
        m_part = 0;
        ConversationBlock block;
        block.kind = ConversationBlock::Kind::Footer;
        block.text
            = tr("The answer is not shown while it comes: rules for what is kept need the whole text.");
        m_blocks.append(block);
        m_isNew = true;
    }
}

bool LiveDocument::takeIsNew()
{
    const bool isNew = std::exchange(m_isNew, false);
    if (isNew) {
        m_text.clear();
        m_lineLength = 0;
    }
    return isNew;
}

QString LiveDocument::takeText()
{
    const QString text = std::exchange(m_text, {});
    QString broken;
    broken.reserve(text.size() + text.size() / longestParagraph + 1);
    for (const QChar c : text) {
        broken.append(c);
        m_lineLength = c == u'\n' ? 0 : m_lineLength + 1;
        if (m_lineLength >= longestParagraph && !c.isHighSurrogate()) {
            broken.append(u'\n');
            m_lineLength = 0;
        }
    }
    return broken;
}
