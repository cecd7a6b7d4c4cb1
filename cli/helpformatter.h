// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HelpFormatter: lays --help out so that it fits the terminal; CLI11 2.1 indents lines but does not break
// them. Owned by the CLI::App. Main thread.

#include <CLI/CLI.hpp>

class HelpFormatter final : public CLI::Formatter
{
public:
    /// `columns`: of every line.
    explicit HelpFormatter(int columns);

    /// For the terminal on stdout, 60 to 100; 100 when there is none.
    [[nodiscard]] static int columnsWanted();
    /// A name or nothing, and behind it what it means, in lines that fit.
    [[nodiscard]] std::string entry(const std::string& name, const std::string& meaning) const;
    /// In lines of so many columns; line ends stay, a longer word keeps its length.
    [[nodiscard]] static std::string wrapped(const std::string& text, size_t columns);

    std::string make_option_desc(const CLI::Option* option) const override;
    std::string make_subcommand(const CLI::App* command) const override;
    std::string make_description(const CLI::App* command) const override;

private:
    size_t m_columns;
};
