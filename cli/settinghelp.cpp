// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/settinghelp.h"

#include "config/settings.h"
#include "config/settingsrendering.h"

namespace {

constexpr char footer[]
    = "Every option is also an environment variable (--port is PORT); the environment is stronger than the "
      ".env file,\n"
      "an option stronger than both. Keys are read from the environment or the file only:\n";

constexpr size_t helpWidth = 70;

/// In lines that fit behind the options; CLI11 2.1 indents lines but does not break them.
std::string wrapped(const QByteArray& text)
{
    std::string out;
    size_t width = 0;
    for (const QByteArray& word : text.split(' ')) {
        const size_t size = size_t(word.size());
        const bool isBreak = width > 0 && width + 1 + size > helpWidth;
        if (width > 0)
            out += isBreak ? '\n' : ' ';
        out += word.toStdString();
        width = isBreak || width == 0 ? size : width + 1 + size;
    }
    return out;
}

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
    return wrapped(text);
}

std::string secretsHelp()
{
    std::string text = footer;
    for (const Setting& setting : settingsTable()) {
        if (setting.kind == SettingKind::Secret)
            text += "  " + setting.key.leftJustified(22).toStdString() + ' ' + setting.help.toStdString()
                + '\n';
    }
    return text;
}
