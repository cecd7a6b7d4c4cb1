// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandapp.h"

#include "base/version.h"
#include "cli/completions.h"
#include "cli/filteroptions.h"
#include "cli/helpformatter.h"
#include "cli/manpage.h"
#include "cli/settinghelp.h"
#include "config/settings.h"
#include "config/settingsrendering.h"

CommandApp::CommandApp()
    : m_app("A transparent proxy for LLM APIs that traces every call to Langfuse.", "langfuse-proxy")
{
    m_app.set_version_flag("--version", std::string("langfuse-proxy ") + versionText);
    const int columns = HelpFormatter::columnsWanted();
    const auto formatter = std::make_shared<HelpFormatter>(columns);
    m_app.formatter(formatter);
    m_app.footer(secretsHelp(*formatter, columns));
    m_app.require_subcommand(0, 1);
    m_app
        .add_option(
            "--env-file", m_envFile, "Read settings from this file instead of .env in the working directory.")
        ->type_name("FILE");
    m_app.add_flag(
        "--strict-port", m_strictPort, "Fail when the port is taken instead of trying the next nine.");
    addRenderings();
    addSettings();
    addCommand(
        &m_app, "serve", "Run the proxy until a signal ends it; the same as no command.", Command::Serve);
    addCheck();
    addEnv();
    addRun();
    addTail();
    addDiff();
    addDemo();
    addReplay();
    addTraces();
}

CLI::App* CommandApp::addCommand(CLI::App* parent, const char* name, const char* description, Command command)
{
    CLI::App* added = parent->add_subcommand(name, description);
    added->fallthrough(); // the settings are options of every command
    m_commands.append({added, command});
    return added;
}

void CommandApp::addSettings()
{
    for (const Setting& setting : settingsTable()) {
        const QByteArray flag = flagName(setting);
        if (!flag.isEmpty()) {
            m_settings.append({setting.key,
                m_app.add_option(flag.toStdString(), m_values.emplace_back(), settingHelp(setting))
                    ->type_name(settingValueName(setting))});
        }
    }
}

void CommandApp::addCheck()
{
    CLI::App* check = addCommand(&m_app, "check",
        "Show every setting with its source, and whether the upstreams, Langfuse and the trace database can "
        "be used.",
        Command::Check);
    check->add_flag("--json", m_json, "Print one JSON document.");
}

void CommandApp::addEnv()
{
    CLI::App* env = addCommand(&m_app, "env",
        "Print the variables that point clients at the proxy, for a shell to read.", Command::Env);
    env->add_option("--shell", m_shell, "The shell that reads them; by $SHELL when left out.")
        ->type_name("WORD")
        ->check(CLI::IsMember({"sh", "fish", "powershell"}));
    env->add_option("--url", m_url, "Where the proxy is, when not at HOST and PORT.")->type_name("URL");
    env->add_flag("--json", m_json, "Print one JSON document.");
}

void CommandApp::addRun()
{
    CLI::App* run = addCommand(&m_app, "run",
        "Run a program whose LLM calls go through the proxy, then show its calls: run -- claude -p hello",
        Command::Run);
    run->add_option("program", m_program, "The program and its arguments.")->required();
    run->add_option("--url", m_url, "Use the proxy that runs there instead of starting one.")
        ->type_name("URL");
    run->add_flag("--json", m_json, "Print the calls as JSON at the end, on stderr.");
}

void CommandApp::addTail()
{
    CLI::App* tail = addCommand(&m_app, "tail",
        "Show calls as they happen, until Ctrl+C. Words and times are looked for with traces list.",
        Command::Tail);
    addFilters(tail, true);
    tail->add_option(
            "--follow", m_follow, "Show the text of that call as it comes: its id, or how that begins.")
        ->type_name("ID");
    tail->add_flag("--json", m_json,
        "Print a line of JSON for each call that has ended; with --follow, for each event.");
    tail->add_option("--url", m_url, "Where the proxy is, when not at HOST and PORT.")->type_name("URL");
}

void CommandApp::addDiff()
{
    CLI::App* diff = addCommand(&m_app, "diff",
        "Show what changed between the requests of two calls, and where the prompt cache broke.",
        Command::Diff);
    diff->add_option("id", m_ids, "The ids of both, the earlier one first, or how those begin.")
        ->required()
        ->expected(2);
    diff->add_flag("--json", m_json, "Print one JSON document.");
    diff->add_option("--url", m_url, "Where the proxy is, when not at HOST and PORT.")->type_name("URL");
}

void CommandApp::addDemo()
{
    CLI::App* demo = addCommand(&m_app, "demo",
        "Run the proxy in front of a made-up provider and make calls of all kinds: no key, no network.",
        Command::Demo);
    demo->add_flag("--once", m_isOnce, "End when the calls are over.");
    demo->add_flag("--json", m_json, "Print the calls as one JSON document.");
}

void CommandApp::addReplay()
{
    CLI::App* replay = addCommand(&m_app, "replay",
        "Send a call again through the proxy and show both answers; with the key of OPENAI_API_KEY, "
        "ANTHROPIC_API_KEY "
        "or GEMINI_API_KEY, unless the proxy has one.",
        Command::Replay);
    replay->add_option("id", m_ids, "Its id, or how that begins.")->required()->expected(1);
    replay->add_option("--model", m_model, "Ask that model instead.")->type_name("NAME");
    replay
        ->add_option(
            "--set", m_sets, "Change the request: temperature=0.2, messages.0.content=Hi. May be repeated.")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("PATH=VALUE");
    replay->add_option("--base-url", m_baseUrl, "Send it through the proxy there.")->type_name("URL");
    replay->add_flag("--json", m_json, "Print both calls as one JSON document.");
    replay->add_option("--url", m_url, "Where the proxy with the call is, when not at HOST and PORT.")
        ->type_name("URL");
}

void CommandApp::addFilters(CLI::App* command, bool isLive)
{
    for (const FilterOption& filter : filterOptions()) {
        if (isLive && !filter.isLive)
            continue;
        auto& [name, value] = m_filters.emplace_back(filter.parameter, std::string());
        CLI::Option* option
            = command->add_option(filter.option.toStdString(), value, filter.help.toStdString())
                  ->type_name(filter.valueName.toStdString());
        std::vector<std::string> choices;
        for (const QByteArray& choice : filter.choices)
            choices.push_back(choice.toStdString());
        if (!choices.empty())
            option->check(CLI::IsMember(choices));
        if (filter.valueName == "NUMBER")
            option->check(CLI::Range(0, 1'000'000'000));
    }
}

void CommandApp::addTraces()
{
    CLI::App* traces
        = m_app.add_subcommand("traces", "List, show, export and delete the calls that were kept.");
    traces->require_subcommand(1);
    traces->fallthrough();
    const auto addUrl = [this](CLI::App* command) {
        command->add_option("--url", m_url, "Where the proxy is, when not at HOST and PORT.")
            ->type_name("URL");
    };
    CLI::App* list = addCommand(traces, "list", "List calls, the newest last.", Command::TracesList);
    addFilters(list);
    list->add_option("--limit", m_limit, "So many at most, 1 to 1000. [20]")
        ->check(CLI::Range(1, 1000))
        ->type_name("NUMBER");
    list->add_flag("--json", m_json, "Print one JSON document.");
    addUrl(list);
    CLI::App* show = addCommand(
        traces, "show", "Show a call: its conversation, usage, cost and delivery.", Command::TracesShow);
    show->add_option("id", m_ids, "Its id, or how that begins.")->required()->expected(1);
    show->add_flag("--json", m_json, "Print everything as one JSON document.");
    addUrl(show);
    CLI::App* exported = addCommand(
        traces, "export", "Write calls for other programs; credentials are masked.", Command::TracesExport);
    exported->add_option("id", m_ids, "Their ids, or how those begin; otherwise all that fit the filters.");
    addFilters(exported);
    exported
        ->add_option("--format", m_format,
            "JSON lines, HTTP Archive 1.2, curl command lines, or what traces import takes. [jsonl]")
        ->check(CLI::IsMember({"jsonl", "har", "curl", "records"}))
        ->type_name("WORD");
    exported->add_option("-o,--output", m_outputFile, "To this file instead of stdout.")->type_name("FILE");
    addUrl(exported);
    addImport(traces);
    CLI::App* removed
        = addCommand(traces, "rm", "Delete calls; the ledger says how many.", Command::TracesRemove);
    removed->add_option("id", m_ids, "Their ids, or how those begin; otherwise all that fit the filters.");
    addFilters(removed);
    removed->add_flag("--all", m_isAll, "Every call.");
    removed->add_flag("--yes", m_isConfirmed, "Do not ask.");
    removed->add_flag("--json", m_json, "Print one JSON document.");
    addUrl(removed);
}

void CommandApp::addImport(CLI::App* traces)
{
    CLI::App* imported = addCommand(traces, "import",
        "Put calls of export --format records into the trace database, while no proxy runs on it.",
        Command::TracesImport);
    imported->add_option("file", m_inputFile, "The file; - is the standard input.")
        ->required()
        ->type_name("FILE");
    imported->add_flag(
        "--deliver", m_isDelivered, "Have them delivered to Langfuse by the proxy that starts next.");
    imported->add_flag("--json", m_json, "Print one JSON document.");
}

void CommandApp::addRenderings()
{
    m_app.add_flag("--print-env-example", m_printsExample,
        "Print a .env file with every setting and its default, and exit.");
    m_app.add_flag("--print-man-page", m_printsManPage, "Print the manual page (roff), and exit.");
    m_app.add_option("--print-completion", m_completionShell, "Print completions for that shell, and exit.")
        ->type_name("WORD")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

std::optional<QByteArray> CommandApp::rendering() const
{
    if (m_printsExample)
        return renderEnvExample();
    if (m_printsManPage)
        return renderManPage(m_app);
    if (!m_completionShell.empty())
        return renderCompletion(m_app, QByteArray::fromStdString(m_completionShell));
    return std::nullopt;
}

CommandLine CommandApp::commandLine() const
{
    CommandLine commandLine;
    for (const auto& [app, command] : m_commands) {
        if (app->parsed())
            commandLine.command = command;
    }
    for (qsizetype i = 0; i < m_settings.size(); ++i) {
        if (m_settings[i].second->count() > 0)
            commandLine.settings.flags.insert(
                m_settings[i].first, QByteArray::fromStdString(m_values[size_t(i)]));
    }
    commandLine.settings.envFile = QByteArray::fromStdString(m_envFile);
    commandLine.strictPort = m_strictPort;
    commandLine.json = m_json;
    commandLine.url = QByteArray::fromStdString(m_url);
    commandLine.shell = QByteArray::fromStdString(m_shell);
    for (const auto& [name, value] : m_filters) {
        if (!value.empty())
            commandLine.filters.insert(name, QByteArray::fromStdString(value));
    }
    commandLine.limit = qsizetype(m_limit);
    for (const std::string& id : m_ids)
        commandLine.ids.append(QByteArray::fromStdString(id));
    commandLine.format = QByteArray::fromStdString(m_format);
    commandLine.outputFile = QByteArray::fromStdString(m_outputFile);
    commandLine.inputFile = QByteArray::fromStdString(m_inputFile);
    commandLine.isDelivered = m_isDelivered;
    commandLine.follow = QByteArray::fromStdString(m_follow);
    commandLine.model = QByteArray::fromStdString(m_model);
    for (const std::string& set : m_sets)
        commandLine.sets.append(QByteArray::fromStdString(set));
    commandLine.baseUrl = QByteArray::fromStdString(m_baseUrl);
    commandLine.isOnce = m_isOnce;
    commandLine.isAll = m_isAll;
    commandLine.isConfirmed = m_isConfirmed;
    for (const std::string& word : m_program)
        commandLine.program.append(QString::fromLocal8Bit(word.data(), qsizetype(word.size())));
    return commandLine;
}
