// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ReplayDialog: a stored call to be sent again, as it was or changed, with the answer beside. Stored keys are
// masked: a key comes from the proxy's own settings, the environment, or is asked for, and is kept nowhere.
// Main thread, owned by the window.

#include "gui/action/replaycall.h"

#include <QDialog>

#include <memory>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSplitter;

class ReplayDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ReplayDialog)

public:
    ReplayDialog(TraceSource* source, const QByteArray& id, QWidget* parent = nullptr);
    ~ReplayDialog() override;

    /// Sends it as soon as it is loaded.
    void sendUnchanged() { m_isSentAtOnce = true; }

Q_SIGNALS:
    void callRequested(const QByteArray& id);

private:
    QWidget* makeRequest();
    QWidget* makeAnswer();
    void load();
    void takeCall(const QJsonObject& call);
    void takeBody(const QByteArray& body);
    void checkBody();
    void send();
    void takeEnd(const QJsonObject& call);
    void showProblem(const QString& problem);
    [[nodiscard]] Result<ReplayRequest> request() const;
    [[nodiscard]] QByteArray key() const;

    QPointer<TraceSource> m_source;
    QByteArray m_id;
    QJsonObject m_call;
    QByteArray m_body; // as stored
    QString m_text; // of it, as it was put into the editor
    QByteArray m_newId;
    QLabel* m_title;
    QPlainTextEdit* m_editor;
    QLabel* m_problem;
    QLineEdit* m_key;
    QPushButton* m_send;
    QPushButton* m_reset;
    QPlainTextEdit* m_answer;
    QLabel* m_facts;
    QPushButton* m_show;
    std::unique_ptr<ReplayCall> m_replay;
    bool m_isSentAtOnce = false;
    bool m_isLoaded = false;
};
