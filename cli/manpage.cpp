// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/manpage.h"

#include "base/version.h"
#include "cli/commandwords.h"
#include "cli/exitcodes.h"
#include "config/settings.h"

namespace {

/// Text for roff: no line is taken for a request, no dash for a hyphen.
QByteArray roff(QByteArray text)
{
    text.replace('\\', "\\e").replace("-", "\\-");
    return text.startsWith('.') || text.startsWith('\'') ? "\\&" + text : text;
}

QByteArray optionLine(const OptionWords& option)
{
    QByteArray line = ".TP\n\\fB" + roff(option.name) + "\\fR";
    if (!option.choices.isEmpty())
        line += " " + roff(option.choices.join('|'));
    else if (!option.value.isEmpty() && !option.isPositional)
        line += " \\fI" + roff(option.value) + "\\fR";
    return line + '\n' + roff(option.description) + '\n';
}

QByteArray secrets()
{
    QByteArray out;
    for (const Setting& setting : settingsTable()) {
        if (setting.kind == SettingKind::Secret)
            out += ".TP\n\\fB" + roff(setting.key) + "\\fR\n" + roff(setting.help) + '\n';
    }
    return out;
}

QByteArray exitCodes()
{
    QByteArray out;
    for (const ExitCodeMeaning& meaning : exitCodeMeanings())
        out += ".TP\n\\fB" + QByteArray::number(int(meaning.code)) + "\\fR\n" + roff(meaning.text) + '\n';
    return out;
}

} // namespace

QByteArray renderManPage(const CLI::App& app)
{
    const QList<CommandWords> commands = commandWords(app);
    QByteArray out = ".TH LANGFUSE-PROXY 1 \"\" \"langfuse\\-proxy " + QByteArray(versionText)
        + "\" \"User Commands\"\n.SH NAME\nlangfuse\\-proxy \\- " + roff(commands.first().description)
        + "\n.SH SYNOPSIS\n.B langfuse\\-proxy\n[\\fIcommand\\fR] [\\fIoptions\\fR]\n.SH COMMANDS\n";
    for (const CommandWords& command : commands.sliced(1)) {
        out += ".SS " + roff(command.name) + '\n' + roff(command.description) + '\n';
        for (const OptionWords& option : command.options) {
            if (option.name != "--help")
                out += optionLine(option);
        }
    }
    out += ".SH OPTIONS\nOf every command, before or after its name; of \\fBrun\\fR before.\n";
    for (const OptionWords& option : commands.first().options)
        out += optionLine(option);
    return out
        + ".SH ENVIRONMENT\nEvery option of a setting is also a variable: \\fB\\-\\-port\\fR is \\fBPORT\\fR."
          " The environment is stronger than the file \\fB.env\\fR, an option stronger than both."
          " Keys are read from the environment or the file only:\n"
        + secrets() + ".SH EXIT STATUS\n" + exitCodes();
}
