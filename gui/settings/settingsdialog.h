// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SettingsDialog: every setting of the proxy, made from the one table. It saves into a file of the viewer's
// own; whoever opened it then starts the proxy again. Main thread.
//
//     auto* dialog = new SettingsDialog(inputs, savedSettingsFile(), this);
//     connect(dialog, &SettingsDialog::saved, ...); dialog->open();

#include "gui/settings/settingsdraft.h"
#include "gui/style/theme.h"

#include <QDialog>

#include <memory>

class Checks;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QScrollArea;
class QVBoxLayout;
class SettingRow;

class SettingsDialog final : public QDialog
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SettingsDialog)

public:
    /// `inputs`: of the running proxy, `saved` among them as it is in `fileName`.
    SettingsDialog(const SettingInputs& inputs, QString fileName, QWidget* parent = nullptr);
    ~SettingsDialog() override;

    /// Brings that setting in front: why the proxy could not start, for instance.
    void showSetting(const QByteArray& key, const QString& problem = {});

Q_SIGNALS:
    /// They are in the file. `inputs` lead to `loaded`.
    void saved(const SettingInputs& inputs, const LoadedConfig& loaded);

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Section
    {
        QWidget* widget = nullptr;
        QList<SettingRow*> rows;
    };

    QWidget* makeHead();
    QWidget* makeSections();
    QWidget* makeSection(SettingGroup group);
    QWidget* makeConnectionTest();
    QWidget* makeFoot();
    [[nodiscard]] SettingRow* rowOf(const QByteArray& key) const;
    void search(const QString& words);
    void noteEdit();
    void showFailure(const QString& problem);
    void applyColours();
    void save();
    void testConnection();
    void endTest();

    SettingsDraft m_draft;
    QString m_fileName;
    QLineEdit* m_search = nullptr;
    QListWidget* m_groups = nullptr;
    QScrollArea* m_scroll = nullptr;
    QList<Section> m_sections; // as in m_groups
    QLabel* m_nothingFound = nullptr;
    QPushButton* m_save = nullptr;
    QLabel* m_message = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_testResult = nullptr;
    theme::Accent m_messageAccent = theme::Accent::Muted;
    theme::Accent m_testAccent = theme::Accent::Muted;
    std::unique_ptr<Checks> m_checks; // while a test runs
};
