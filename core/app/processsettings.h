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
};

struct ProcessSettings
{
    LoadedConfig loaded;
    QByteArrayList warnings; // about the .env file
};

/// InvalidConfig: a value that is not allowed, or a file that was asked for and cannot be read.
[[nodiscard]] Result<ProcessSettings> processSettings(const SettingArguments& arguments);
