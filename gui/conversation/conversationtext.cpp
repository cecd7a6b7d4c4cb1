// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationtext.h"

#include "gui/model/callfacts.h"
#include "gui/model/calltext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

namespace {

using TextKind = ConversationBlock::Kind;

constexpr qsizetype bytesPerTokenGuess = 4;

/// [{"type":"text","text":"a"},{"type":"image",...}] as results of tools have it; empty: it is something
/// else.
QString listedTexts(const QJsonValue& json)
{
    QStringList lines;
    for (const QJsonValue& value : json.toArray()) {
        const QString type = value[QLatin1String("type")].toString();
        const QJsonValue text = value[QLatin1String("text")];
        if (text.isString())
            lines.append(text.toString());
        else if (!type.isEmpty())
            lines.append(u'[' + type + u']');
        else
            return {};
    }
    return lines.join(u'\n');
}

} // namespace

QString ConversationText::ofPart(const QJsonObject& part)
{
    const QString text = part.value(QLatin1String("text")).toString();
    const QJsonValue json = part.value(QLatin1String("json"));
    if (!text.isEmpty() || json.isUndefined())
        return text;
    const QString listed = listedTexts(json);
    return listed.isEmpty() ? ConversationText::json(json) : listed;
}

QString ConversationText::ofMessage(const QJsonObject& message)
{
    QStringList texts;
    for (const QJsonValue& part : message.value(QLatin1String("parts")).toArray())
        texts.append(ofPart(part.toObject()));
    return texts.join(QStringLiteral("\n\n"));
}

QString ConversationText::json(const QJsonValue& value)
{
    if (value.isString())
        return value.toString();
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson()).trimmed();
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson()).trimmed();
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact))
        .mid(1)
        .chopped(1);
}

QString ConversationText::escaped(const QString& text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_{}[]<>()#+-.!|~").contains(c))
            out.append(u'\\');
        out.append(c);
    }
    return out;
}

QString ConversationText::title(ConversationBlock::Kind kind)
{
    switch (kind) {
    case TextKind::System:
        return tr("System");
    case TextKind::Tools:
        return tr("Tools");
    case TextKind::User:
        return tr("User");
    case TextKind::Assistant:
        return tr("Assistant");
    case TextKind::Thinking:
        return tr("Thinking");
    case TextKind::RedactedThinking:
        return tr("Redacted thinking");
    case TextKind::ToolCall:
        return tr("Tool call");
    case TextKind::ToolResult:
        return tr("Tool result");
    case TextKind::Image:
        return tr("Image");
    case TextKind::Document:
        return tr("Document");
    case TextKind::Audio:
        return tr("Audio");
    case TextKind::Refusal:
        return tr("Refusal");
    case TextKind::Error:
        return tr("Error");
    case TextKind::Unknown:
        return tr("Unknown part");
    case TextKind::History:
    case TextKind::Footer:
        break;
    }
    return {};
}

QString ConversationText::end(const CallFacts& facts)
{
    QStringList words;
    if (!facts.finishReason.isEmpty())
        words.append(tr("stop %1").arg(facts.finishReason));
    if (facts.inputTokens) {
        QString in = tr("in %1").arg(CallText::count(*facts.inputTokens));
        if (const auto cached = facts.cachedPercent())
            in += tr(" (%1 cached)").arg(CallText::percent(*cached));
        words.append(in);
    }
    if (facts.outputTokens) {
        QString out = tr("out %1").arg(CallText::count(*facts.outputTokens));
        if (facts.reasoningTokens.value_or(0) > 0)
            out += tr(" (%1 thinking)").arg(CallText::count(*facts.reasoningTokens));
        words.append(out);
    }
    if (facts.costUsd)
        words.append(CallText::cost(*facts.costUsd));
    if (const QString why = CallText::whyNoUsage(facts); words.size() < 2 && !why.isEmpty())
        words.append(why);
    return words.join(QStringLiteral(" · "));
}

QString ConversationText::markdown(const QList<ConversationBlock>& blocks)
{
    QString out;
    for (const ConversationBlock& block : blocks) {
        if (block.kind == TextKind::History)
            continue; // its messages follow
        if (block.kind == TextKind::Footer) {
            out += QStringLiteral("---\n\n") + block.text + QStringLiteral("\n\n");
            continue;
        }
        out += QStringLiteral("## %1\n\n").arg(block.title);
        const bool isCode = block.form == ConversationBlock::Form::Code;
        if (!block.media.isEmpty())
            out += u'[' + block.note + QStringLiteral("]\n\n");
        if (!block.text.isEmpty())
            out += isCode ? QStringLiteral("```json\n%1\n```\n\n").arg(block.text)
                          : block.text + QStringLiteral("\n\n");
        if (block.hasResult)
            out += QStringLiteral("### %1\n\n```\n%2\n```\n\n")
                       .arg(title(TextKind::ToolResult), block.result);
    }
    return out.trimmed() + u'\n';
}

QString ConversationBlocks::tokenEstimate(const QString& text)
{
    const qsizetype bytes = text.toUtf8().size();
    const qsizetype tokens = (bytes + bytesPerTokenGuess - 1) / bytesPerTokenGuess;
    return tr("~%1 tokens", nullptr, int(tokens)).arg(CallText::count(tokens));
}

QString ConversationBlocks::word(ConversationBlock::Kind kind)
{
    switch (kind) {
    case TextKind::System:
        return QStringLiteral("system");
    case TextKind::Tools:
        return QStringLiteral("tools");
    case TextKind::History:
        return QStringLiteral("history");
    case TextKind::Thinking:
        return QStringLiteral("thinking");
    case TextKind::ToolCall:
        return QStringLiteral("tool_call");
    case TextKind::ToolResult:
        return QStringLiteral("tool_result");
    case TextKind::User:
        return QStringLiteral("user");
    case TextKind::Assistant:
        return QStringLiteral("assistant");
    default:
        return QStringLiteral("other");
    }
}
