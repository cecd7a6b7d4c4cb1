// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CompareDialog: what changed between the requests of two calls, by parameter, tool and message, and where
// the provider's prompt cache stops being of use. Main thread, owned by the window.

#include "app/calldiff.h"

#include <QDialog>
#include <QJsonObject>

class QLabel;
class QListWidget;
class QPlainTextEdit;
class TraceSource;

class CompareDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CompareDialog)

public:
    struct Call
    {
        TraceSource* source = nullptr;
        QByteArray id;
    };

    /// Asks the sources, which may be one, for both; `first` is the earlier one.
    CompareDialog(const Call& first, const Call& second, QWidget* parent = nullptr);
    ~CompareDialog() override;

private:
    QWidget* makeTexts();
    void ask(const Call& wanted, QJsonObject* call);
    void compare();
    void showItem(int row);

    QJsonObject m_first;
    QJsonObject m_second;
    CallDiff m_diff;
    QLabel* m_verdict;
    QListWidget* m_items;
    QLabel* m_beforeTitle;
    QLabel* m_afterTitle;
    QPlainTextEdit* m_before;
    QPlainTextEdit* m_after;
};
