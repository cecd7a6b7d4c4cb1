// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandwords.h"

namespace {

QByteArray text(const std::string& from)
{
    return QByteArray::fromStdString(from).replace('\n', ' ');
}

OptionWords wordsOf(const CLI::Option& option)
{
    OptionWords words;
    words.isPositional = option.get_lnames().empty() && option.get_snames().empty();
    words.name = words.isPositional   ? text(option.get_single_name())
        : option.get_lnames().empty() ? "-" + text(option.get_snames().front())
                                      : "--" + text(option.get_lnames().front());
    words.value = option.get_items_expected_max() == 0 ? QByteArray() : text(option.get_type_name());
    words.description = text(option.get_description());
    // CLI11 appends what CLI::IsMember allows to the type's name: `WORD:{bash,zsh,fish}`.
    if (const qsizetype brace = words.value.indexOf(":{"); brace >= 0) {
        words.choices = words.value.sliced(brace + 2).chopped(1).split(',');
        words.value.truncate(brace);
    }
    return words;
}

CommandWords wordsOf(const CLI::App& app, const QByteArray& name)
{
    CommandWords words{name, text(app.get_description()), {}};
    for (const CLI::Option* option : app.get_options())
        words.options.append(wordsOf(*option));
    return words;
}

} // namespace

QList<CommandWords> commandWords(const CLI::App& app)
{
    QList<CommandWords> commands{wordsOf(app, {})};
    const auto every = [](const CLI::App*) { return true; };
    for (const CLI::App* command : app.get_subcommands(every)) {
        commands.append(wordsOf(*command, text(command->get_name())));
        for (const CLI::App* part : command->get_subcommands(every))
            commands.append(wordsOf(*part, text(command->get_name()) + ' ' + text(part->get_name())));
    }
    return commands;
}
