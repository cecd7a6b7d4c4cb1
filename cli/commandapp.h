// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CommandApp: the commands and options of the program as CLI11 knows them, and where their values go. Also
// what the manual page and the completions are made from. Main thread, for the length of a parse.

#include "cli/commandline.h"

#include <CLI/CLI.hpp>

#include <deque>

class CommandApp final
{
    Q_DISABLE_COPY_MOVE(CommandApp)

public:
    CommandApp();

    [[nodiscard]] CLI::App& app() { return m_app; }
    [[nodiscard]] const CLI::App& app() const { return m_app; }

    /// After app().parse().
    [[nodiscard]] CommandLine commandLine() const;
    /// `--print-env-example`, `completion SHELL`: a text that was asked for instead of a command.
    [[nodiscard]] std::optional<QByteArray> rendering() const;

private:
    void addSettings();
    void addCheck();
    void addEnv();
    void addRun();
    void addTail();
    void addDiff();
    void addDemo();
    void addReplay();
    void addTraces();
    void addImport(CLI::App* traces);
    /// `isLive`: those that make sense for calls that are yet to come.
    void addFilters(CLI::App* command, bool isLive = false);
    void addRenderings();
    CLI::App* addCommand(CLI::App* parent, const char* name, const char* description, Command command);

    CLI::App m_app;
    std::deque<std::string> m_values; // of the settings; addresses stay
    QList<std::pair<QByteArray, CLI::Option*>> m_settings;
    QList<std::pair<CLI::App*, Command>> m_commands;
    std::string m_envFile;
    std::string m_url;
    std::string m_shell;
    std::vector<std::string> m_program;
    bool m_strictPort = false;
    bool m_json = false;
    bool m_printsExample = false;
    std::deque<std::pair<QByteArray, std::string>> m_filters; // by parameter of the API
    size_t m_limit = 20;
    std::vector<std::string> m_ids;
    std::string m_format = "jsonl";
    std::string m_outputFile;
    std::string m_inputFile;
    bool m_isDelivered = false;
    std::string m_follow;
    std::string m_model;
    std::vector<std::string> m_sets;
    std::string m_baseUrl;
    bool m_isOnce = false;
    bool m_isAll = false;
    bool m_isConfirmed = false;
    std::string m_completionShell;
    bool m_printsManPage = false;
};
