// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/settings/settingsdraft.h"

#include "app/recordrulesloader.h"
#include "config/envfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

QList<QByteArray> namesOf(const Setting& setting)
{
    return QList<QByteArray>{setting.key} + setting.aliases;
}

/// The first of the setting's names that has a value there.
QByteArray valueIn(const Variables& variables, const Setting& setting)
{
    for (const QByteArray& name : namesOf(setting)) {
        if (const QByteArray text = variables.value(name); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace

SettingsDraft::SettingsDraft(SettingInputs inputs)
    : m_inputs(std::move(inputs))
    , m_before(m_inputs.saved)
{
}

SettingSource SettingsDraft::source(const Setting& setting) const
{
    if (m_inputs.flags.contains(setting.key))
        return SettingSource::Flag;
    if (!valueIn(m_inputs.environment, setting).isEmpty())
        return SettingSource::Environment;
    if (!valueIn(m_inputs.envFile, setting).isEmpty())
        return SettingSource::EnvFile;
    return valueIn(m_inputs.saved, setting).isEmpty() ? SettingSource::Default : SettingSource::Saved;
}

bool SettingsDraft::isEditable(const Setting& setting) const
{
    const SettingSource from = source(setting);
    return from == SettingSource::Default || from == SettingSource::Saved;
}

QByteArray SettingsDraft::text(const Setting& setting) const
{
    switch (source(setting)) {
    case SettingSource::Saved:
        return valueIn(m_inputs.saved, setting);
    case SettingSource::Default:
        return {};
    default:
        break;
    }
    if (setting.kind == SettingKind::Secret)
        return {};
    if (m_inputs.flags.contains(setting.key))
        return m_inputs.flags.value(setting.key);
    const QByteArray fromEnvironment = valueIn(m_inputs.environment, setting);
    return fromEnvironment.isEmpty() ? valueIn(m_inputs.envFile, setting) : fromEnvironment;
}

void SettingsDraft::setText(const Setting& setting, const QByteArray& text)
{
    if (text == valueIn(m_inputs.saved, setting))
        return;
    for (const QByteArray& name : namesOf(setting))
        m_inputs.saved.remove(name);
    if (!text.isEmpty())
        m_inputs.saved.insert(setting.key, text);
}

bool SettingsDraft::isAllowed(const Setting& setting) const
{
    const QByteArray given = text(setting);
    return given.isEmpty() || !isEditable(setting) || ::isAllowed(setting, given);
}

QMap<QByteArray, std::optional<QByteArray>> SettingsDraft::changes() const
{
    QMap<QByteArray, std::optional<QByteArray>> changes;
    for (const Setting& setting : settingsTable()) {
        for (const QByteArray& name : namesOf(setting)) {
            const QByteArray now = m_inputs.saved.value(name);
            if (now != m_before.value(name))
                changes.insert(name, now.isEmpty() ? std::nullopt : std::optional(now));
        }
    }
    return changes;
}

Result<LoadedConfig> SettingsDraft::load() const
{
    Result<LoadedConfig> loaded = loadConfig(m_inputs);
    if (!loaded)
        return loaded;
    if (const Result<RecordRules> rules = loadRecordRules(loaded->config); !rules)
        return rules.error();
    return loaded;
}

Result<void> saveSettings(const QString& fileName, const QMap<QByteArray, std::optional<QByteArray>>& changes)
{
    const auto failed = [&fileName](const QString& why) {
        return Error{ErrorCode::InvalidConfig,
            QCoreApplication::translate("SettingsDraft", "The settings could not be saved in %1: %2")
                .arg(fileName, why),
            fileName};
    };
    const QFileInfo info(fileName);
    QDir().mkpath(info.absolutePath());
    QByteArray content;
    if (info.exists()) {
        QFile old(fileName);
        if (!old.open(QIODevice::ReadOnly))
            return failed(old.errorString());
        content = old.readAll();
    }
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    // Before anything is in it: keys are about to be.
    if (!file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failed(file.errorString());
    file.write(editEnvFile(content, changes));
    if (!file.commit())
        return failed(file.errorString());
    return {};
}
