// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/completions.h"

#include "cli/commandwords.h"

namespace {

QByteArray names(const QList<OptionWords>& options)
{
    QByteArrayList words;
    for (const OptionWords& option : options) {
        if (!option.isPositional)
            words.append(option.name);
    }
    return words.join(' ');
}

/// In single quotes of a POSIX shell, and of fish.
QByteArray quoted(QByteArray text, bool isFish)
{
    return '\'' + text.replace("'", isFish ? "\\'" : "'\\''") + '\'';
}

/// The words that may follow `command` (empty: the program).
QByteArray following(const QList<CommandWords>& commands, const QByteArray& command)
{
    QByteArrayList words;
    const QByteArray front = command.isEmpty() ? QByteArray() : command + ' ';
    for (const CommandWords& other : commands) {
        const QByteArray rest = other.name.startsWith(front) ? other.name.sliced(front.size()) : QByteArray();
        if (!rest.isEmpty() && !rest.contains(' '))
            words.append(rest);
    }
    return words.join(' ');
}

QByteArray bashValues(const OptionWords& option)
{
    if (!option.choices.isEmpty())
        return "compgen -W \"" + option.choices.join(' ') + '"';
    return option.value == "FILE" ? "compgen -f" : QByteArray();
}

QByteArray bash(const QList<CommandWords>& commands)
{
    QByteArray out = "# bash completion of langfuse-proxy\n"
                     "_langfuse_proxy()\n{\n"
                     "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}"
                     " command= word\n"
                     "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                     "        case \"${command:+$command }$word\" in\n";
    QByteArrayList quotedNames;
    for (const CommandWords& command : commands.sliced(1))
        quotedNames.append('\'' + command.name + '\'');
    out += "        " + quotedNames.join('|')
        + ") command=\"${command:+$command }$word\" ;;\n        esac\n    done\n" + "    case $previous in\n";
    QByteArrayList seen;
    for (const CommandWords& command : commands) {
        for (const OptionWords& option : command.options) {
            const QByteArray values = bashValues(option);
            if (values.isEmpty() || seen.contains(option.name))
                continue;
            seen.append(option.name);
            out += "    " + option.name + ") COMPREPLY=($(" + values + " -- \"$current\")); return ;;\n";
        }
    }
    out += "    esac\n    case $command in\n";
    for (const CommandWords& command : commands) {
        const bool isRun = command.name == "run";
        QByteArrayList words{following(commands, command.name), names(command.options)};
        if (!isRun && !command.name.isEmpty())
            words.append(names(commands.first().options));
        words.removeAll(QByteArray());
        out += "    '" + command.name + "') COMPREPLY=($(compgen -W \"" + words.join(' ')
            + "\" -- \"$current\")" + (isRun ? " $(compgen -c -- \"$current\")" : "") + ") ;;\n";
    }
    return out + "    esac\n}\ncomplete -F _langfuse_proxy langfuse-proxy\n";
}

QByteArray zshOption(const OptionWords& option)
{
    QByteArray description = option.description;
    description.replace('[', '(').replace(']', ')').replace(':', ' ');
    QByteArray spec = option.name + '[' + description + ']';
    if (!option.choices.isEmpty())
        spec += ":word:(" + option.choices.join(' ') + ')';
    else if (option.value == "FILE")
        spec += ":file:_files";
    else if (!option.value.isEmpty())
        spec += ':' + option.value.toLower() + ": ";
    return "        " + quoted(spec, false);
}

QByteArray zshOptions(const QList<OptionWords>& options)
{
    QByteArrayList specs;
    for (const OptionWords& option : options) {
        if (!option.isPositional)
            specs.append(zshOption(option));
    }
    return specs.join(" \\\n");
}

QByteArray zshDescriptions(const QList<CommandWords>& commands)
{
    QByteArray out;
    for (const CommandWords& command : commands.sliced(1)) {
        QByteArray description = command.description;
        if (!command.name.contains(' '))
            out += "        " + quoted(command.name + ':' + description.replace(':', "\\:"), false) + '\n';
    }
    return out;
}

QByteArray zsh(const QList<CommandWords>& commands)
{
    QByteArray out
        = "#compdef langfuse-proxy\n\n_langfuse_proxy()\n{\n    local -a commands\n    commands=(\n"
        + zshDescriptions(commands) + "    )\n    _arguments -C \\\n" + zshOptions(commands.first().options)
        + " \\\n        '1: :->command' '*:: :->rest'\n"
          "    case $state in\n    command) _describe command commands ;;\n"
          "    rest)\n        local name=$words[1]\n";
    for (const CommandWords& command : commands.sliced(1)) {
        if (const QByteArray parts = following(commands, command.name); !parts.isEmpty()) {
            out += "        if [[ $name == " + command.name + " ]]; then\n"
                + "            if (( CURRENT == 2 )); then compadd " + parts + "; return; fi\n"
                + "            name=\"$name $words[2]\"; shift words; (( CURRENT-- ))\n        fi\n";
        }
    }
    out += "        case $name in\n";
    for (const CommandWords& command : commands.sliced(1)) {
        out += "        '" + command.name + "') _arguments \\\n" + zshOptions(command.options);
        if (command.name == "run")
            out += " \\\n        '*:: :_normal'";
        out += " ;;\n";
    }
    return out + "        esac ;;\n    esac\n}\n\n_langfuse_proxy \"$@\"\n";
}

QByteArray fishOption(const OptionWords& option, const QByteArray& condition)
{
    QByteArray line = "complete -c langfuse-proxy " + condition + "-l " + option.name.sliced(2) + " -d "
        + quoted(option.description, true);
    if (!option.choices.isEmpty())
        line += " -x -a " + quoted(option.choices.join(' '), true);
    else if (option.value == "FILE")
        line += " -r -F";
    else if (!option.value.isEmpty())
        line += " -x";
    return line + '\n';
}

QByteArray fishCondition(const QByteArray& command)
{
    QByteArrayList seen;
    for (const QByteArray& word : command.split(' '))
        seen.append("__fish_seen_subcommand_from " + word);
    return command.isEmpty() ? QByteArray() : "-n '" + seen.join("; and ") + "' ";
}

QByteArray fish(const QList<CommandWords>& commands)
{
    QByteArray out = "# fish completion of langfuse-proxy\ncomplete -c langfuse-proxy -f\n";
    for (const CommandWords& command : commands) {
        const qsizetype space = command.name.indexOf(' ');
        const QByteArray parent = space < 0 ? QByteArray() : command.name.first(space);
        const QByteArray condition = parent.isEmpty() ? QByteArray("__fish_use_subcommand")
                                                      : "__fish_seen_subcommand_from " + parent
                + "; and not __fish_seen_subcommand_from " + following(commands, parent);
        if (!command.name.isEmpty())
            out += "complete -c langfuse-proxy -n '" + condition + "' -a " + command.name.sliced(space + 1)
                + " -d " + quoted(command.description, true) + '\n';
        for (const OptionWords& option : command.options) {
            if (option.name.startsWith("--"))
                out += fishOption(option, fishCondition(command.name));
        }
    }
    return out
        + "complete -c langfuse-proxy -n '__fish_seen_subcommand_from run' -a '(__fish_complete_command)'\n";
}

} // namespace

QByteArray renderCompletion(const CLI::App& app, const QByteArray& shell)
{
    const QList<CommandWords> commands = commandWords(app);
    return shell == "bash" ? bash(commands) : shell == "zsh" ? zsh(commands) : fish(commands);
}
