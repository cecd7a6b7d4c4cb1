// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settingsrendering.h"

#include "config/settings.h"

namespace {

/// For the renderings: the words that a choice or a switch takes; empty for other kinds.
QByteArray allowedWords(const Setting& setting)
{
    const bool hasWords = setting.kind == SettingKind::Choice || setting.kind == SettingKind::Words
        || setting.kind == SettingKind::Switch;
    return hasWords ? "Allowed: " + allowedValues(setting) + '.' : QByteArray();
}

} // namespace

QByteArray renderEnvExample()
{
    QByteArray out = "# Settings of langfuse-proxy. Copy to .env and change what you need; what is commented "
                     "out has its default.\n";
    for (const Setting& setting : settingsTable()) {
        out += "\n# " + setting.help + '\n';
        if (const QByteArray words = allowedWords(setting); !words.isEmpty())
            out += "# " + words + '\n';
        if (!setting.aliases.isEmpty())
            out += "# Also read as " + setting.aliases.join(" or ") + ".\n";
        out += "#" + setting.key + '=' + setting.defaultText + '\n';
    }
    return out;
}

QByteArray renderMarkdownTable()
{
    QByteArray out = "| Variable | Default | Meaning |\n|---|---|---|\n";
    for (const Setting& setting : settingsTable()) {
        QByteArray names = '`' + setting.key + '`';
        for (const QByteArray& alias : setting.aliases)
            names += ", `" + alias + '`';
        QByteArray help = setting.help;
        if (const QByteArray words = allowedWords(setting); !words.isEmpty())
            help += ' ' + words;
        const QByteArray fallback
            = setting.defaultText.isEmpty() ? QByteArray() : '`' + setting.defaultText + '`';
        out += "| " + names + " | " + fallback + " | " + help + " |\n";
    }
    return out;
}
