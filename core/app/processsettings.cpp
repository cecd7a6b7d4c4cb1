// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/processsettings.h"

#include "config/envfile.h"

#include <QFile>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

Result<Variables> readVariables(const QString& name, QByteArrayList* warnings)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::InvalidConfig,
            QStringLiteral("cannot read the settings file %1: %2").arg(file.fileName(), file.errorString()),
            file.fileName()};
    }
    const EnvFile parsed = parseEnvFile(file.readAll());
    for (int line : parsed.ignoredLines) {
        warnings->append(file.fileName().toUtf8() + " line " + QByteArray::number(line)
            + " is not NAME=value and is ignored");
    }
    return parsed.values;
}

/// Of a file that need not be there.
Result<Variables> readIfThere(const QString& name, QByteArrayList* warnings)
{
    return !name.isEmpty() && QFile::exists(name) ? readVariables(name, warnings) : Variables();
}

} // namespace

QString savedSettingsFile(const QString& profile)
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + QStringLiteral("/langfuse-proxy/viewer%1.env").arg(profile.isEmpty() ? profile : u'-' + profile);
}

Result<SettingInputs> settingInputs(const SettingArguments& arguments, QByteArrayList* warnings)
{
    SettingInputs inputs;
    inputs.flags = arguments.flags;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        inputs.environment.insert(name.toUtf8(), environment.value(name).toUtf8());
    Result<Variables> envFile = arguments.envFile.isEmpty()
        ? readIfThere(QStringLiteral(".env"), warnings)
        : readVariables(QFile::decodeName(arguments.envFile), warnings);
    if (!envFile)
        return envFile.error();
    inputs.envFile = *envFile;
    Result<Variables> saved = readIfThere(arguments.savedFile, warnings);
    if (!saved)
        return saved.error();
    inputs.saved = *saved;
    inputs.defaultStorePath = defaultStorePath();
    return inputs;
}

Result<ProcessSettings> processSettings(const SettingArguments& arguments)
{
    ProcessSettings settings;
    Result<SettingInputs> inputs = settingInputs(arguments, &settings.warnings);
    if (!inputs)
        return inputs.error();
    settings.inputs = std::move(*inputs);
    Result<LoadedConfig> loaded = loadConfig(settings.inputs);
    if (!loaded)
        return loaded.error();
    settings.loaded = std::move(*loaded);
    return settings;
}
