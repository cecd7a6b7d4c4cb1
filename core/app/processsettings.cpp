// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/processsettings.h"

#include "config/envfile.h"

#include <QFile>
#include <QProcessEnvironment>

namespace {

using Variables = QHash<QByteArray, QByteArray>;

Result<Variables> readEnvFile(const QByteArray& name, QByteArrayList* warnings)
{
    QFile file(name.isEmpty() ? QStringLiteral(".env") : QFile::decodeName(name));
    if (name.isEmpty() && !file.exists())
        return Variables();
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

} // namespace

Result<ProcessSettings> processSettings(const SettingArguments& arguments)
{
    ProcessSettings settings;
    SettingInputs inputs;
    inputs.flags = arguments.flags;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString& name : environment.keys())
        inputs.environment.insert(name.toUtf8(), environment.value(name).toUtf8());
    Result<Variables> envFile = readEnvFile(arguments.envFile, &settings.warnings);
    if (!envFile)
        return envFile.error();
    inputs.envFile = *envFile;
    inputs.defaultStorePath = defaultStorePath();
    Result<LoadedConfig> loaded = loadConfig(inputs);
    if (!loaded)
        return loaded.error();
    settings.loaded = std::move(*loaded);
    return settings;
}
