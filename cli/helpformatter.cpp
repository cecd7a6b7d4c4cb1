// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/helpformatter.h"

#include "cli/terminaltext.h"

#include <algorithm>

namespace {

constexpr size_t meaningColumn = 30;

} // namespace

HelpFormatter::HelpFormatter(int columns)
    : m_columns(size_t(columns))
{
    column_width(meaningColumn);
}

int HelpFormatter::columnsWanted()
{
    constexpr int most = 100;
    const int columns = terminalColumns();
    return columns > 0 ? std::clamp(columns, 60, most) : most;
}

std::string HelpFormatter::entry(const std::string& name, const std::string& meaning) const
{
    std::ostringstream out;
    CLI::detail::format_help(out, name, wrapped(meaning, m_columns - meaningColumn), meaningColumn);
    return out.str();
}

std::string HelpFormatter::wrapped(const std::string& text, size_t columns)
{
    std::string out;
    size_t used = 0;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!out.empty())
            out += '\n';
        used = 0;
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            const bool isBreak = used > 0 && used + 1 + word.size() > columns;
            if (used > 0)
                out += isBreak ? '\n' : ' ';
            out += word;
            used = isBreak || used == 0 ? word.size() : used + 1 + word.size();
        }
    }
    return out;
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const
{
    return wrapped(option->get_description(), m_columns - meaningColumn);
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const
{
    return entry(command->get_display_name(true), command->get_description());
}

std::string HelpFormatter::make_description(const CLI::App* command) const
{
    return wrapped(Formatter::make_description(command), m_columns) + '\n';
}
