// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ExportDialog: which calls go into a file, and in which form. Main thread, owned by the window.

#include "gui/action/callexporter.h"

#include <QDialog>

#include <memory>

class QButtonGroup;
class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;

/// What can be exported: the calls of the list, by place in it.
struct ExportChoice
{
    QByteArrayList selected;
    QByteArrayList shown; // that the filter lets pass
    QByteArray selectedCsv; // the list as it is shown
    QByteArray shownCsv;
};

class ExportDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ExportDialog)

public:
    /// Without a selection the choice is between what is shown and nothing.
    ExportDialog(TraceSource* source, ExportChoice choice, QWidget* parent = nullptr);
    ~ExportDialog() override;

    /// Writes what is chosen; the dialog closes when it is done and stays with a message when it fails.
    void writeTo(const QString& fileName);

protected:
    void done(int result) override;

private:
    [[nodiscard]] bool isCsv() const;
    [[nodiscard]] bool isOnlySelection() const;
    void choose();
    void showChoice();
    void takeEnd(const QString& problem, qsizetype left);

    TraceSource* m_source;
    ExportChoice m_choice;
    QButtonGroup* m_which;
    QComboBox* m_format;
    QLabel* m_about;
    QProgressBar* m_progress;
    QLabel* m_message;
    QPushButton* m_save = nullptr;
    std::unique_ptr<CallExporter> m_exporter;
};
