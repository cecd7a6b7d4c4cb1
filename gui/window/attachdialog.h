// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AttachDialog: asks for the address of a proxy elsewhere and its token. Says while one types what is wrong
// with the address, and that a token would travel unencrypted. Main thread.

#include "base/result.h"
#include "base/secret.h"

#include <QDialog>
#include <QUrl>

class QCheckBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class TokenStore;

class AttachDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(AttachDialog)

public:
    /// `tokens` must outlive this; `recent`: addresses to begin with, the last first.
    AttachDialog(const TokenStore* tokens, const QStringList& recent, QWidget* parent = nullptr);
    ~AttachDialog() override;

    /// After accepted().
    [[nodiscard]] QUrl url() const;
    [[nodiscard]] Secret token() const;
    [[nodiscard]] bool isTokenKept() const;
    [[nodiscard]] bool isReadOnly() const;

    /// "staging" -> http://staging:3000; with a scheme it is taken as it stands. BadRequest: the message says
    /// what is wrong, for people.
    [[nodiscard]] static Result<QUrl> readAddress(const QString& text);

private:
    void check();

    const TokenStore* m_tokens;
    QLineEdit* m_address;
    QLineEdit* m_token;
    QCheckBox* m_keep;
    QCheckBox* m_readOnly;
    QLabel* m_hint;
    QDialogButtonBox* m_buttons;
};
