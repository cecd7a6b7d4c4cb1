// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/settinghelp.h"

#include "cli/helpformatter.h"
#include "config/settings.h"
#include "config/settingsrendering.h"

namespace {

constexpr char footer[]
    = "Every option is also an environment variable (--port is PORT); the environment is stronger than the "
      ".env file, an option stronger than both. Keys are read from the environment or the file only:";

} // namespace

std::string settingValueName(const Setting& setting)
{
    switch (setting.kind) {
    case SettingKind::Host:
        return "ADDRESS";
    case SettingKind::Port:
    case SettingKind::Milliseconds:
        return "NUMBER";
    case SettingKind::Bytes:
        return "BYTES";
    case SettingKind::Url:
        return "URL";
    case SettingKind::Choice:
    case SettingKind::Switch:
        return "WORD";
    default:
        return "TEXT";
    }
}

std::string settingHelp(const Setting& setting)
{
    QByteArray text = setting.help;
    if (setting.kind == SettingKind::Choice || setting.kind == SettingKind::Switch)
        text += " One of: " + allowedValues(setting) + '.';
    if (setting.kind == SettingKind::Words)
        text += " Allowed: " + allowedValues(setting) + '.';
    if (!setting.defaultText.isEmpty())
        text += " [" + setting.defaultText + ']';
    return text.toStdString();
}

std::string secretsHelp(const HelpFormatter& formatter, int columns)
{
    std::string text = HelpFormatter::wrapped(footer, size_t(columns)) + '\n';
    for (const Setting& setting : settingsTable()) {
        if (setting.kind == SettingKind::Secret)
            text += formatter.entry(setting.key.toStdString(), setting.help.toStdString());
    }
    return text;
}
