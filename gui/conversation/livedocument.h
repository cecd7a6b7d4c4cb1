// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LiveDocument: the answer of an open call as it comes, kept as cards. What of the last card is not in a
// document yet is handed out in pieces that a QTextDocument takes in a millisecond: it lays out a paragraph
// anew for each letter, so that long ones are broken (measured on Qt 6.4.2: 10,000 pieces into one paragraph
// 148 s). Main thread; owned by the ConversationView.

#include "gui/conversation/conversationblocks.h"

class LiveDocument final
{
    Q_DECLARE_TR_FUNCTIONS(LiveDocument)

public:
    /// Of the request, which is not to be had in full before the call ends.
    void setPreview(const QString& preview);
    /// The data of a call.progress event.
    void add(const QJsonObject& progress);
    [[nodiscard]] const QList<ConversationBlock>& blocks() const { return m_blocks; }

    /// A card began, or more than text has changed: everything is to be rendered again, with what
    /// takeText() would have given.
    [[nodiscard]] bool takeIsNew();
    /// What came of the last card since the last time.
    [[nodiscard]] QString takeText();

private:
    QList<ConversationBlock> m_blocks;
    qsizetype m_message = -1; // of the last card
    qsizetype m_part = -1;
    QString m_text; // of the last card, not taken yet
    qsizetype m_lineLength = 0; // since its last break
    bool m_hasPreview = false;
    bool m_isNew = false;
};
