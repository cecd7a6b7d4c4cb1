// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationBrowser: the document of a ConversationView. It loads nothing but the pictures that are in the
// cards: no file and no address that a model wrote. Main thread, owned by its view.

#include "gui/conversation/conversationblocks.h"

#include <QTextBrowser>

class ConversationBrowser final : public QTextBrowser
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationBrowser)

public:
    /// `blocks`: what "picture:N" refers to; outlives this.
    ConversationBrowser(const QList<ConversationBlock>* blocks, QWidget* parent);
    ~ConversationBrowser() override;

    [[nodiscard]] QVariant loadResource(int type, const QUrl& name) override;
    /// Of the anchor, in the document's pixels; 0: there is none.
    [[nodiscard]] double anchorTop(const QString& name) const;

    /// The picture in a data: URI, at most as large as thumbnails are; null when it is none that can be
    /// drawn safely.
    [[nodiscard]] static QImage thumbnail(const QByteArray& dataUri, double scale);

private:
    const QList<ConversationBlock>* m_shown;
};
