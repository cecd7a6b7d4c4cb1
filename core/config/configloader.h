// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// loadConfig: settings from flags, environment, .env file and the viewer's own, in that order of strength.
// Pure: the caller reads the environment and the file.

#include "base/result.h"
#include "config/config.h"

#include <QHash>

/// Where a value came from, for `check` and for messages.
enum class SettingSource { Default, Saved, EnvFile, Environment, Flag };

struct SettingInputs
{
    QHash<QByteArray, QByteArray> flags; // by key, e.g. "PORT"
    QHash<QByteArray, QByteArray> environment; // variable -> value
    QHash<QByteArray, QByteArray> envFile;
    QHash<QByteArray, QByteArray> saved; // what the viewer's dialog has written
    QString defaultStorePath;
};

struct LoadedConfig
{
    Config config;
    QHash<QByteArray, SettingSource> sources; // by key
    QHash<QByteArray, QByteArray> shownTexts; // by key: as it was written; of a secret whether it is set
};

/// An empty value counts as absent, as in the predecessor; an empty flag is a value of its own: it takes away
/// what the environment says, and is refused where something must stand. InvalidConfig: `subject` is the key;
/// the message has the value (not for secrets), where it came from and what is allowed.
[[nodiscard]] Result<LoadedConfig> loadConfig(const SettingInputs& inputs);

/// "command line", "environment", ".env file", "saved settings", "default".
[[nodiscard]] QString sourceName(SettingSource source);

/// The file that is used when STORE_PATH is empty: $XDG_STATE_HOME or ~/.local/state on Unix, the platform's
/// local application data elsewhere.
[[nodiscard]] QString defaultStorePath();
