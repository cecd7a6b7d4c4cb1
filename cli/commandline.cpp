// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include "base/version.h"
#include "config/settings.h"
#include "config/settingsrendering.h"

#include <CLI/CLI.hpp>

#include <deque>

namespace {

constexpr char footer[]
    = "Every option is also an environment variable (--port is PORT); the environment is stronger than the "
      ".env file,\n"
      "an option stronger than both. Keys are read from the environment or the file only:\n";

constexpr size_t helpColumn = 30;
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

std::string valueName(const Setting& setting)
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

std::string helpOf(const Setting& setting)
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

std::string footerText()
{
    std::string text = footer;
    for (const Setting& setting : settingsTable()) {
        if (setting.kind == SettingKind::Secret)
            text += "  " + setting.key.leftJustified(22).toStdString() + ' ' + setting.help.toStdString()
                + '\n';
    }
    return text;
}

} // namespace

CommandLineResult parseCommandLine(int argc, char** argv)
{
    CLI::App app{"A transparent proxy for LLM APIs that traces every call to Langfuse.", "langfuse-proxy"};
    app.set_version_flag("--version", std::string("langfuse-proxy ") + versionText);
    app.footer(footerText());
    app.get_formatter()->column_width(helpColumn);

    CommandLine commandLine;
    std::string envFile;
    bool printsExample = false;
    app.add_option(
           "--env-file", envFile, "Read settings from this file instead of .env in the working directory.")
        ->type_name("FILE");
    app.add_flag("--strict-port", commandLine.strictPort,
        "Fail when the port is taken instead of trying the next nine.");
    app.add_flag("--print-env-example", printsExample,
        "Print a .env file with every setting and its default, and exit.");

    std::deque<std::string> values; // addresses stay; CLI11 writes to them
    QList<std::pair<QByteArray, CLI::Option*>> options;
    for (const Setting& setting : settingsTable()) {
        const QByteArray flag = flagName(setting);
        if (!flag.isEmpty())
            options.append({setting.key,
                app.add_option(flag.toStdString(), values.emplace_back(), helpOf(setting))
                    ->type_name(valueName(setting))});
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() != 0) {
            return {std::nullopt,
                QByteArray("langfuse-proxy: ") + error.what() + "; see langfuse-proxy --help\n",
                ExitCode::Usage};
        }
        std::ostringstream out;
        app.exit(error, out, out); // help and version end here too
        return {std::nullopt, QByteArray::fromStdString(out.str()), ExitCode::Ok};
    }
    if (printsExample)
        return {std::nullopt, renderEnvExample(), ExitCode::Ok};
    for (qsizetype i = 0; i < options.size(); ++i) {
        if (options[i].second->count() > 0)
            commandLine.flags.insert(options[i].first, QByteArray::fromStdString(values[size_t(i)]));
    }
    commandLine.envFile = QByteArray::fromStdString(envFile);
    return {commandLine, {}, ExitCode::Ok};
}
