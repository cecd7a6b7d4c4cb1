// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationHtml: cards as HTML for one QTextDocument: a table of one cell each, which lays out in
// milliseconds where a widget a card takes seconds (measured on Qt 6.4.2). Folded cards cost a line. Main
// thread; a value for one rendering.
//
// Links of its own: fold:KIND:N, copy:N, whole:N, raw:PATH; N is the place in the list of cards.

#include "gui/conversation/conversationblocks.h"

#include <QHash>
#include <QPalette>
#include <QSet>

class ConversationHtml final
{
    Q_DECLARE_TR_FUNCTIONS(ConversationHtml)

public:
    struct Look
    {
        QPalette palette;
        QString provider; // of the answer's colour
        QString fixedFont; // family
        QHash<QString, bool> folded; // by ConversationBlocks::word(); absent: as usual
        QSet<qsizetype> whole; // long cards that are shown to their end
        bool isAllOpen = false;
        bool isPlain = false; // Markdown as it is written
        double scale = 1; // of the screen, for pictures
    };

    explicit ConversationHtml(const Look& look)
        : m_look(look)
    {
    }

    /// The anchor "new" stands at the first card that is new, "card-N" at each.
    [[nodiscard]] QString html(const QList<ConversationBlock>& blocks) const;
    [[nodiscard]] QString card(
        const ConversationBlock& block, qsizetype place, bool isFirstNew = false) const;
    [[nodiscard]] bool isFolded(const ConversationBlock& block) const;

    /// Of the title and the ground, before it is blended.
    [[nodiscard]] static QColor accentOf(
        const ConversationBlock& block, const QString& provider, const QPalette& palette);
    /// For notes on that ground.
    [[nodiscard]] static QColor quietOn(const QColor& ground, const QPalette& palette);
    /// A thumbnail's address for QTextDocument: "picture:N".
    static constexpr const char* pictureScheme = "picture";

private:
    [[nodiscard]] QString head(const ConversationBlock& block, qsizetype place) const;
    [[nodiscard]] QString body(const ConversationBlock& block, qsizetype place) const;
    [[nodiscard]] QString textHtml(const QString& text, ConversationBlock::Form form, qsizetype place) const;
    [[nodiscard]] QString codeStyle() const;

    Look m_look;
};
