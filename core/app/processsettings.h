// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// processSettings: the settings of this process: from its command line, its environment and its .env file.
// The only place that reads the last two. Main thread.

#include "base/result.h"
#include "config/configloader.h"

#include <QByteArrayList>

/// What the command line says about settings.
struct SettingArguments
{
    QHash<QByteArray, QByteArray> flags; // by setting key
    QByteArray envFile; // --env-file; empty: `.env` in the working directory, if it is there
    QString savedFile; // of the viewer's dialog; it need not be there; empty: none
};

struct ProcessSettings
{
    SettingInputs inputs; // of `loaded`
    LoadedConfig loaded;
    QByteArrayList warnings; // about the files
};

/// Where the viewer keeps what its dialog says: langfuse-proxy/viewer.env in the configuration directory, of
/// a profile viewer-NAME.env.
[[nodiscard]] QString savedSettingsFile(const QString& profile = {});
/// What is given, before anything in it is judged. InvalidConfig: a file cannot be read.
[[nodiscard]] Result<SettingInputs> settingInputs(
    const SettingArguments& arguments, QByteArrayList* warnings);

/// InvalidConfig: a value that is not allowed, or a file that was asked for and cannot be read.
[[nodiscard]] Result<ProcessSettings> processSettings(const SettingArguments& arguments);
