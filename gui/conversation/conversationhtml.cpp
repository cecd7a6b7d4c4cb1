// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/conversation/conversationhtml.h"

#include "gui/conversation/markdownhtml.h"
#include "gui/style/theme.h"

#include <algorithm>

namespace {

using CardKind = ConversationBlock::Kind;

constexpr qsizetype maxShownCharacters = 16'000; // of a card, until the rest is asked for
constexpr qsizetype maxShownLines = 60;
constexpr qsizetype thinkingLines = 6; // more is folded, unless the reader chose
constexpr qsizetype excerptCharacters = 160;

/// Up to where a card is shown; -1: all of it.
qsizetype cutOf(const QString& text, qsizetype characters, qsizetype lines)
{
    qsizetype at = -1;
    for (qsizetype line = 0; line < lines; ++line) {
        at = text.indexOf(u'\n', at + 1);
        if (at < 0 || at > characters)
            return text.size() > characters ? characters : -1;
    }
    return at == text.size() - 1 ? -1 : at;
}

QString excerptOf(const QString& text)
{
    QString line = text.left(excerptCharacters * 4).simplified();
    line.remove(QStringLiteral("**")).remove(u'\\');
    return line.size() > excerptCharacters ? line.left(excerptCharacters) + QChar(0x2026) : line;
}

bool hasFold(CardKind kind)
{
    return kind != CardKind::Error && kind != CardKind::Footer && kind != CardKind::Image
        && kind != CardKind::Audio && kind != CardKind::Document && kind != CardKind::RedactedThinking;
}

constexpr double leastContrast = 4.6;

/// Nearer to the colour of text until it can be read on the ground that it tints itself.
QColor readable(const QColor& colour, const QPalette& palette)
{
    QColor readable = colour;
    for (double amount = 0.05;
         amount < 1 && theme::contrast(readable, theme::tinted(readable, palette)) < leastContrast;
         amount += 0.05)
        readable = theme::blended(colour, palette.color(QPalette::Text), amount);
    return readable;
}

QString linkTo(const QString& target, const QString& text, const QColor& colour)
{
    return QStringLiteral("<a href=\"%1\" style=\"color:%3;text-decoration:none\">%2</a>")
        .arg(target, text, colour.name());
}

} // namespace

QColor ConversationHtml::accentOf(
    const ConversationBlock& block, const QString& provider, const QPalette& palette)
{
    const bool isDark = theme::isDark(palette);
    if (block.isError)
        return theme::accent(theme::Accent::Error, palette);
    switch (block.kind) {
    case CardKind::User:
    case CardKind::Image:
    case CardKind::Audio:
    case CardKind::Document:
        return theme::accent(theme::Accent::Live, palette);
    case CardKind::Assistant:
        return readable(theme::providerLineColor(provider, palette), palette);
    case CardKind::Thinking:
    case CardKind::RedactedThinking:
        return isDark ? QColor(0xc4a7f5) : QColor(0x6b44a8);
    case CardKind::ToolCall:
    case CardKind::ToolResult:
        return isDark ? QColor(0x67c9c9) : QColor(0x046a70);
    case CardKind::Refusal:
        return theme::accent(theme::Accent::Warn, palette);
    case CardKind::Error:
        return theme::accent(theme::Accent::Error, palette);
    default:
        return theme::accent(theme::Accent::Muted, palette);
    }
}

QColor ConversationHtml::quietOn(const QColor& ground, const QPalette& palette)
{
    QColor quiet = theme::secondaryText(palette);
    for (double amount = 0.1; amount < 1 && theme::contrast(quiet, ground) < leastContrast; amount += 0.1)
        quiet = theme::blended(theme::secondaryText(palette), palette.color(QPalette::Text), amount);
    return quiet;
}

bool ConversationHtml::isFolded(const ConversationBlock& block) const
{
    if (!hasFold(block.kind) || m_look.isAllOpen)
        return false;
    const auto chosen = m_look.folded.constFind(ConversationBlocks::word(block.kind));
    if (chosen != m_look.folded.constEnd())
        return *chosen;
    if (block.kind == CardKind::Thinking)
        return block.text.count(u'\n') >= thinkingLines || block.text.size() > thinkingLines * 120;
    return block.kind == CardKind::System || block.kind == CardKind::Tools || block.kind == CardKind::History;
}

QString ConversationHtml::codeStyle() const
{
    return QStringLiteral("white-space:pre-wrap;font-family:'%1';background-color:%2;margin:2px 0")
        .arg(m_look.fixedFont,
            theme::blended(m_look.palette.color(QPalette::Base), m_look.palette.color(QPalette::Text), 0.06)
                .name());
}

QString ConversationHtml::textHtml(const QString& text, ConversationBlock::Form form, qsizetype place) const
{
    const qsizetype cut = m_look.whole.contains(place) ? -1 : cutOf(text, maxShownCharacters, maxShownLines);
    const QString shown = cut < 0 ? text : text.left(cut);
    QString html;
    if (form == ConversationBlock::Form::Markdown && !m_look.isPlain)
        html = markdownHtml(shown, codeStyle());
    else if (form == ConversationBlock::Form::Code)
        html = QStringLiteral("<pre style=\"white-space:pre-wrap;margin:4px 0;font-family:'%1'\">%2</pre>")
                   .arg(m_look.fixedFont, shown.toHtmlEscaped());
    else
        html = plainHtml(shown);
    if (cut >= 0)
        html += QStringLiteral("<p>%1</p>")
                    .arg(linkTo(QStringLiteral("whole:%1").arg(place),
                        tr("Show the remaining %n character(s)", nullptr, int(text.size() - cut)),
                        m_look.palette.color(QPalette::Link)));
    return html;
}

QString ConversationHtml::head(const ConversationBlock& block, qsizetype place) const
{
    const QColor accent = accentOf(block, m_look.provider, m_look.palette);
    const QColor quiet = quietOn(theme::tinted(accent, m_look.palette), m_look.palette);
    QString title = block.title.toHtmlEscaped();
    if (hasFold(block.kind)) {
        const QString sign = isFolded(block) ? QStringLiteral("▸ ") : QStringLiteral("▾ ");
        title = linkTo(QStringLiteral("fold:%1:%2").arg(ConversationBlocks::word(block.kind)).arg(place),
            sign + title, accent);
    }
    QString html = QStringLiteral("<b style=\"color:%1\">%2</b>").arg(accent.name(), title);
    if (!block.note.isEmpty())
        html += QStringLiteral("<span style=\"color:%1\">&nbsp;&nbsp; %2</span>")
                    .arg(block.isError ? accent.name() : quiet.name(), block.note.toHtmlEscaped());
    const QString gap = QStringLiteral("&nbsp;&nbsp;&nbsp; ");
    if (block.kind != CardKind::History && !block.text.isEmpty())
        html += gap + linkTo(QStringLiteral("copy:%1").arg(place), tr("Copy"), quiet);
    if (!block.path.isEmpty())
        html += gap + linkTo(QStringLiteral("raw:") + block.path, tr("Raw"), quiet);
    return html;
}

QString ConversationHtml::body(const ConversationBlock& block, qsizetype place) const
{
    const QColor quiet = quietOn(
        theme::tinted(accentOf(block, m_look.provider, m_look.palette), m_look.palette), m_look.palette);
    const QColor error = theme::accent(theme::Accent::Error, m_look.palette);
    if (isFolded(block)) {
        const QString excerpt = excerptOf(block.text);
        if (excerpt.isEmpty())
            return {};
        return QStringLiteral("<br><span style=\"color:%1\">%2</span>")
            .arg((block.isError ? error : quiet).name(), excerpt.toHtmlEscaped());
    }
    QString html;
    if (!block.media.isEmpty())
        html += QStringLiteral("<br><img src=\"%1:%2\">").arg(QLatin1String(pictureScheme)).arg(place);
    if (!block.text.isEmpty()) {
        const QString text = textHtml(block.text, block.form, place);
        const bool isQuiet = block.kind == CardKind::Thinking;
        html += isQuiet || block.isError
            ? QStringLiteral("<div style=\"color:%1\">%2</div>").arg((isQuiet ? quiet : error).name(), text)
            : text;
    }
    if (block.hasResult) {
        const QString title = block.isResultError ? tr("Result, failed") : tr("Result");
        html += QStringLiteral(
            "<p style=\"color:%1\"><b>↳ %2</b>&nbsp;&nbsp; <span style=\"color:%3\">%4</span></p>")
                    .arg((block.isResultError ? error : accentOf(block, m_look.provider, m_look.palette))
                             .name(),
                        title, quiet.name(), block.resultNote.toHtmlEscaped());
        const QString text = textHtml(block.result, ConversationBlock::Form::Code, place);
        html += block.isResultError
            ? QStringLiteral("<div style=\"color:%1\">%2</div>").arg(error.name(), text)
            : text;
    }
    return html;
}

QString ConversationHtml::card(const ConversationBlock& block, qsizetype place, bool isFirstNew) const
{
    if (block.kind == CardKind::Footer)
        return QStringLiteral("<p style=\"color:%1;margin:6px\">%2</p>")
            .arg(theme::secondaryText(m_look.palette).name(), block.text.toHtmlEscaped());
    const QColor ground = theme::tinted(accentOf(block, m_look.provider, m_look.palette), m_look.palette);
    // In the cell: an anchor before a table is lost.
    const QString anchors = QStringLiteral("<a name=\"card-%1\"></a>").arg(place)
        + (isFirstNew ? QStringLiteral("<a name=\"new\"></a>") : QString());
    return QStringLiteral("<table width=\"100%\" cellspacing=\"0\" cellpadding=\"6\" border=\"0\" "
                          "style=\"margin-bottom:6px\"><tr><td bgcolor=\"%1\">%2%3%4</td></tr></table>")
        .arg(ground.name(), anchors, head(block, place), body(block, place));
}

QString ConversationHtml::html(const QList<ConversationBlock>& blocks) const
{
    QString html;
    bool isHistoryHidden = false;
    bool isNewMarked = false;
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        const ConversationBlock& block = blocks.at(i);
        if (block.kind == CardKind::History)
            isHistoryHidden = isFolded(block);
        const bool isOld = !block.isNew && block.path.startsWith(QLatin1String("input.messages["));
        if (isOld && isHistoryHidden)
            continue;
        html += card(block, i, block.isNew && !isNewMarked);
        isNewMarked = isNewMarked || block.isNew;
    }
    return html;
}
