// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include "cli/commandapp.h"

#include <cstring>

namespace {

bool isOptionWithValue(const char* word)
{
    return std::strcmp(word, "--url") == 0;
}

/// What follows the program's name belongs to the program, options too: `run claude --model x` is read as
/// `run -- claude --model x`.
std::vector<std::string> withProgramApart(int argc, char** argv)
{
    std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    const auto run = std::find(words.begin(), words.end(), "run");
    for (auto word = run; word != words.end() && ++word != words.end();) {
        if (*word == "--")
            break;
        if (isOptionWithValue(word->c_str()) && word + 1 != words.end())
            ++word;
        else if (word->empty() || word->front() != '-') {
            words.insert(word, "--");
            break;
        }
    }
    std::reverse(words.begin(), words.end()); // as CLI11 takes them
    return words;
}

} // namespace

QByteArray CommandLine::filterQuery() const
{
    QByteArray query;
    for (auto it = filters.begin(); it != filters.end(); ++it)
        query += '&' + it.key() + '=' + it.value().toPercentEncoding();
    return query;
}

CommandLineResult parseCommandLine(int argc, char** argv)
{
    CommandApp commands;
    try {
        commands.app().parse(withProgramApart(argc, argv));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            return {std::nullopt,
                QByteArray("langfuse-proxy: ") + error.what() + "; see langfuse-proxy --help\n",
                ExitCode::Usage};
        }
        std::ostringstream out;
        commands.app().exit(error, out, out); // help and version end here too
        return {std::nullopt, QByteArray::fromStdString(out.str()), ExitCode::Ok};
    }
    if (const std::optional<QByteArray> text = commands.rendering())
        return {std::nullopt, *text, ExitCode::Ok};
    return {commands.commandLine(), {}, ExitCode::Ok};
}
