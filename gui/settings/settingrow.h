// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SettingRow: one setting as the dialog shows it: name, field, where its value comes from, meaning, what is
// wrong with it. Main thread, owned by the page of its group.

#include "gui/settings/settingsdraft.h"

#include <QWidget>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;

class SettingRow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingRow)

public:
    /// Of the names, in pixels: where the fields begin. The longest is LANGFUSE_MEDIA_UPLOAD_ENABLED.
    static constexpr int columnWidth = 250;
    static constexpr int columnSpace = 12;

    /// `setting` is of settingsTable(). The draft must outlive this.
    SettingRow(const Setting& setting, SettingsDraft* draft, QWidget* parent);
    ~SettingRow() override;

    [[nodiscard]] const Setting& setting() const { return m_setting; }
    /// Whether it is about those words: name, meaning or value.
    [[nodiscard]] bool matches(const QString& words) const;
    /// `problem`: beyond what its own text says; empty: none.
    void showProblem(const QString& problem);
    void focusField();

Q_SIGNALS:
    /// The draft has another text for it.
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeField(QGridLayout* grid);
    QWidget* makeLine();
    QWidget* makeChoice();
    void take(const QString& text);
    void refresh();
    void applyColours();

    const Setting& m_setting;
    SettingsDraft* m_draft;
    QLabel* m_name;
    QLabel* m_source;
    QLabel* m_help;
    QLabel* m_problem;
    QLineEdit* m_line = nullptr; // one of these two
    QComboBox* m_choice = nullptr;
};
