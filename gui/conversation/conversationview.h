// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConversationView: what was said in one call, in one document of cards, and the answer of an open call as it
// comes. Which kinds of cards are folded stays as the reader left it, for every call and after a restart.
// Nothing is ever fetched for what a model wrote. Main thread, owned by the DetailPane.

#include "gui/conversation/conversationhtml.h"
#include "gui/conversation/livedocument.h"

#include <QTimer>
#include <QWidget>

class ConversationBrowser;
class FindBar;
class QToolButton;
class QUrl;

class ConversationView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConversationView)

public:
    explicit ConversationView(QWidget* parent = nullptr);
    ~ConversationView() override;

    /// `call`: of GET /api/traces/{id}. Opens at what is new. The same call again keeps its place.
    void showCall(const QJsonObject& call, const ConversationNeighbours& neighbours);
    /// An open call: its text is added by addProgress().
    void beginLive(const QString& provider, const LiveDocument& soFar);
    void setPreview(const QString& preview);
    /// `progress`: the data of a call.progress event.
    void addProgress(const QJsonObject& progress);
    /// Words in the place of a conversation: why there is none.
    void showNote(const QString& text);

    /// All cards, also those that are folded.
    [[nodiscard]] QString markdown() const;
    [[nodiscard]] const QList<ConversationBlock>& blocks() const { return m_blocks; }

Q_SIGNALS:
    /// Somebody wants to see what the API says there: "input.messages[3].parts[0]".
    void rawWanted(const QString& path);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildTools();
    void followLink(const QUrl& link);
    void render();
    void renderKeepingPlace();
    void showLive();
    void appendLive(const QString& text);
    [[nodiscard]] ConversationHtml::Look look() const;

    ConversationBrowser* m_browser;
    QWidget* m_tools;
    FindBar* m_findBar;
    QToolButton* m_expandAll;
    QToolButton* m_plain;
    QTimer m_liveTimer; // at most 20 changes a second
    QString m_callId;
    QString m_provider;
    QList<ConversationBlock> m_blocks;
    LiveDocument m_live;
    QHash<QString, bool> m_folded;
    QSet<qsizetype> m_whole;
    bool m_isLive = false;
};
