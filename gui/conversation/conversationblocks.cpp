// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationblocks.h"

#include "gui/conversation/conversationmessages.h"
#include "gui/conversation/conversationtext.h"
#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"

#include <QHash>
#include <QJsonArray>

#include <algorithm>

namespace {

using namespace ConversationMessages;
using Block = ConversationBlock;
using BlockKind = ConversationBlock::Kind;

BlockKind kindOfPart(const QString& kind, bool isAnswer)
{
    static const QHash<QString, BlockKind> kinds{
        {QStringLiteral("thinking"), BlockKind::Thinking},
        {QStringLiteral("redacted_thinking"), BlockKind::RedactedThinking},
        {QStringLiteral("tool_call"), BlockKind::ToolCall},
        {QStringLiteral("tool_result"), BlockKind::ToolResult},
        {QStringLiteral("image"), BlockKind::Image},
        {QStringLiteral("audio"), BlockKind::Audio},
        {QStringLiteral("document"), BlockKind::Document},
        {QStringLiteral("refusal"), BlockKind::Refusal},
    };
    if (kind == QLatin1String("text"))
        return isAnswer ? BlockKind::Assistant : BlockKind::User;
    return kinds.value(kind, BlockKind::Unknown);
}

/// Makes the cards of one call.
class BlockMaker final
{
    Q_DECLARE_TR_FUNCTIONS(ConversationBlocks)

public:
    BlockMaker(const QJsonObject& call, const ConversationNeighbours& neighbours)
        : m_call(call)
        , m_neighbours(neighbours)
        , m_names(toolNames(call))
        , m_results(toolResults(neighbours.next))
    {
    }

    QList<Block> blocks()
    {
        addInstructions();
        addTools();
        addInput();
        addOutput();
        addEnd();
        return std::move(m_blocks);
    }

private:
    void addInstructions()
    {
        QStringList texts;
        const QJsonArray messages = messagesOf(m_call, "input");
        for (const QJsonValue& message : messages) {
            if (isInstruction(message))
                texts.append(ConversationText::ofMessage(message.toObject()));
        }
        if (texts.isEmpty())
            return;
        Block block = cardOf(BlockKind::System, Block::Form::Markdown, tr("System"));
        block.text = texts.join(QStringLiteral("\n\n"));
        block.note = ConversationBlocks::tokenEstimate(block.text);
        block.path = QStringLiteral("input.messages");
        if (!m_neighbours.previous.isEmpty()) {
            QStringList before;
            for (const QJsonValue& message : messagesOf(m_neighbours.previous, "input")) {
                if (isInstruction(message))
                    before.append(ConversationText::ofMessage(message.toObject()));
            }
            block.note += before == texts ? tr(" · as in %1").arg(m_neighbours.previousName)
                                          : tr(" · changed since %1").arg(m_neighbours.previousName);
        }
        m_blocks.append(block);
    }

    void addTools()
    {
        const QJsonValue input = m_call.value(QLatin1String("input"));
        const QJsonArray tools = input[QLatin1String("tools")].toArray();
        if (tools.isEmpty())
            return;
        QStringList lines;
        for (const QJsonValue& tool : tools) {
            const QString about = memberText(tool.toObject(), "description").simplified();
            lines.append(QStringLiteral("**%1** %2")
                             .arg(ConversationText::escaped(memberText(tool.toObject(), "name")),
                                 ConversationText::escaped(about)));
        }
        Block block = cardOf(BlockKind::Tools, Block::Form::Markdown, tr("Tools"));
        block.text = lines.join(QStringLiteral("\n\n"));
        block.note = tr("%n definition(s)", nullptr, int(tools.size())) + QStringLiteral(" · ")
            + ConversationBlocks::tokenEstimate(ConversationText::json(tools));
        block.path = QStringLiteral("input.tools");
        m_blocks.append(block);
    }

    void addInput()
    {
        const QList<Placed> said = saidMessages(m_call);
        qsizetype shared = ConversationBlocks::sharedMessages(m_neighbours.previous, m_call);
        const bool isKnown = shared > 0;
        if (isKnown) { // the previous answer is not new either
            while (shared < said.size() - 1 && isAnswerRole(said.at(shared).message))
                ++shared;
        } else {
            qsizetype end = said.size();
            if (end > 0 && isAnswerRole(said.at(end - 1).message))
                --end; // what the answer is to go on from
            while (end > 0 && !isAnswerRole(said.at(end - 1).message))
                --end;
            shared = end;
        }
        if (shared > 0) {
            Block block = cardOf(BlockKind::History, Block::Form::Plain, {});
            block.title = isKnown ? tr("%n earlier message(s) unchanged since %1", nullptr, int(shared))
                                        .arg(m_neighbours.previousName)
                                  : tr("%n earlier message(s)", nullptr, int(shared));
            m_blocks.append(block);
        }
        for (qsizetype i = 0; i < said.size(); ++i)
            addMessage(said.at(i).message.toObject(),
                QStringLiteral("input.messages[%1]").arg(said.at(i).place), i >= shared);
    }

    void addOutput()
    {
        const QJsonArray messages = messagesOf(m_call, "output");
        for (qsizetype i = 0; i < messages.size(); ++i) {
            const qsizetype first = m_blocks.size();
            addMessage(messages.at(i).toObject(), QStringLiteral("output.messages[%1]").arg(i), true);
            if (messages.size() > 1 && first < m_blocks.size())
                m_blocks[first].note.prepend(tr("choice %1 · ").arg(i + 1));
        }
    }

    void addMessage(const QJsonObject& message, const QString& path, bool isNew)
    {
        const QJsonArray parts = message.value(QLatin1String("parts")).toArray();
        const bool isAnswer = isAnswerRole(message);
        for (qsizetype i = 0; i < parts.size(); ++i) {
            Block block = blockOfPart(parts.at(i).toObject(), isAnswer);
            block.path = path + QStringLiteral(".parts[%1]").arg(i);
            block.isNew = isNew;
            if (const QString name = memberText(message, "name"); !name.isEmpty())
                block.note = block.note.isEmpty() ? name : name + QStringLiteral(" · ") + block.note;
            m_blocks.append(block);
        }
    }

    Block blockOfPart(const QJsonObject& part, bool isAnswer)
    {
        const BlockKind kind = kindOfPart(memberText(part, "kind"), isAnswer);
        Block block = cardOf(kind, Block::Form::Plain, titleOf(kind));
        block.text = ConversationText::ofPart(part);
        const QString name = memberText(part, "name");
        const QString id = memberText(part, "id");
        switch (kind) {
        case BlockKind::User:
        case BlockKind::Assistant:
            block.form = Block::Form::Markdown;
            block.note = ConversationBlocks::tokenEstimate(block.text);
            if (part.contains(QLatin1String("json")))
                block.note += tr(" · with sources");
            break;
        case BlockKind::Thinking:
            block.note = ConversationBlocks::tokenEstimate(block.text);
            if (!memberText(part, "signature").isEmpty())
                block.note += tr(" · signature ✓");
            break;
        case BlockKind::RedactedThinking:
            block.note = tr("%n byte(s) that only the provider can read", nullptr, int(block.text.size()));
            block.text.clear();
            break;
        case BlockKind::ToolCall:
            block.form = Block::Form::Code;
            block.title = tr("Tool call · %1").arg(name);
            block.note = id;
            takeResult(&block, id);
            break;
        case BlockKind::ToolResult:
            block.title = tr("Tool result · %1").arg(name.isEmpty() ? m_names.value(id, id) : name);
            block.note = ConversationBlocks::tokenEstimate(block.text);
            block.isError = part.value(QLatin1String("isError")).toBool();
            if (block.isError)
                block.note = tr("failed · ") + block.note;
            break;
        case BlockKind::Image:
        case BlockKind::Audio:
        case BlockKind::Document:
            takeMedia(&block, part);
            break;
        case BlockKind::Unknown:
            block.form = Block::Form::Code;
            break;
        default:
            break;
        }
        return block;
    }

    void takeResult(Block* block, const QString& id)
    {
        const auto result = m_results.constFind(id);
        if (id.isEmpty() || result == m_results.constEnd())
            return;
        block->hasResult = true;
        block->result = result->text;
        block->isResultError = result->isError;
        block->resultNote = m_neighbours.nextName;
    }

    static void takeMedia(Block* block, const QJsonObject& part)
    {
        const QString text = memberText(part, "text");
        QStringList notes;
        if (const QString type = memberText(part, "mediaType"); !type.isEmpty())
            notes.append(type);
        if (text.startsWith(QLatin1String("data:"))) {
            const qsizetype comma = text.indexOf(QLatin1Char(',')) + 1;
            notes.append(QLocale().formattedDataSize((text.size() - comma) * 3 / 4));
            if (block->kind == BlockKind::Image)
                block->media = text.toLatin1();
            block->text.clear();
        }
        if (const QString name = memberText(part, "name"); !name.isEmpty())
            notes.prepend(name);
        block->note = notes.join(QStringLiteral(" · "));
    }

    void addEnd()
    {
        const CallFacts facts = CallFacts::fromSummary(m_call);
        if (!facts.error.isEmpty()) {
            Block block = cardOf(BlockKind::Error, Block::Form::Plain, facts.error);
            block.note = facts.status ? QString::number(*facts.status) : QString();
            block.text = memberText(m_call, "errorMessage");
            block.isError = block.isNew = true;
            m_blocks.append(block);
        }
        Block footer = cardOf(BlockKind::Footer, Block::Form::Plain, {});
        footer.text = ConversationText::end(facts);
        if (!footer.text.isEmpty())
            m_blocks.append(footer);
    }

    static Block cardOf(BlockKind kind, Block::Form form, const QString& title)
    {
        Block block;
        block.kind = kind;
        block.form = form;
        block.title = title;
        return block;
    }

    static QString titleOf(BlockKind kind) { return ConversationText::title(kind); }

    const QJsonObject& m_call;
    const ConversationNeighbours& m_neighbours;
    QHash<QString, QString> m_names;
    QHash<QString, ToolOutcome> m_results;
    QList<Block> m_blocks;
};

} // namespace

QList<ConversationBlock> ConversationBlocks::of(
    const QJsonObject& call, const ConversationNeighbours& neighbours)
{
    return BlockMaker(call, neighbours).blocks();
}

qsizetype ConversationBlocks::sharedMessages(const QJsonObject& previous, const QJsonObject& call)
{
    const QList<Placed> before = saidMessages(previous);
    const QList<Placed> after = saidMessages(call);
    const qsizetype most = std::min(before.size(), after.size());
    qsizetype shared = 0;
    while (shared < most && isSameMessage(before.at(shared).message, after.at(shared).message))
        ++shared;
    return shared;
}
