// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SettingsDraft: the settings as somebody is changing them. What the command line, the environment and a .env
// file say stands above what is saved here, and cannot be changed here. A value, of the dialog.

#include "config/configloader.h"
#include "config/settings.h"

#include <QMap>

#include <optional>

class SettingsDraft final
{
public:
    explicit SettingsDraft(SettingInputs inputs);

    /// Where the value that counts comes from.
    [[nodiscard]] SettingSource source(const Setting& setting) const;
    [[nodiscard]] bool isEditable(const Setting& setting) const;
    /// The text that counts, as written; of a setting that is not editable and secret: nothing.
    [[nodiscard]] QByteArray text(const Setting& setting) const;
    /// Empty: the default.
    void setText(const Setting& setting, const QByteArray& text);

    /// Whether the text is allowed.
    [[nodiscard]] bool isAllowed(const Setting& setting) const;
    [[nodiscard]] bool isChanged() const { return m_inputs.saved != m_before; }
    /// What is to be written into the file.
    [[nodiscard]] QMap<QByteArray, std::optional<QByteArray>> changes() const;
    [[nodiscard]] const SettingInputs& inputs() const { return m_inputs; }
    /// What the proxy would run with. InvalidConfig: `subject` is the setting's key.
    [[nodiscard]] Result<LoadedConfig> load() const;

private:
    SettingInputs m_inputs;
    QHash<QByteArray, QByteArray> m_before; // what is in the file
};

/// Writes into that file, which need not be there; its other lines stay, and only its owner can read it.
/// InvalidConfig: it cannot be written; it is as before then.
[[nodiscard]] Result<void> saveSettings(
    const QString& fileName, const QMap<QByteArray, std::optional<QByteArray>>& changes);
