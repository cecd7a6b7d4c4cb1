// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/commandline.h"

#include "base/version.h"
#include "config/settings.h"

#include <CLI/CLI.hpp>

#include <deque>

namespace {

constexpr char footer[]
    = "Every option is also an environment variable (--port is PORT); the environment is stronger than the "
      ".env file,\n"
      "an option stronger than both. Keys are read from the environment or the file only:\n";

std::string helpOf(const Setting& setting)
{
    QByteArray text = setting.help;
    if (setting.kind == SettingKind::Choice || setting.kind == SettingKind::Switch)
        text += " One of: " + allowedValues(setting) + '.';
    if (!setting.defaultText.isEmpty())
        text += " [" + setting.defaultText + ']';
    return text.toStdString();
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

    CommandLine commandLine;
    std::string envFile;
    bool printsExample = false;
    app.add_option(
        "--env-file", envFile, "Read settings from this file instead of .env in the working directory.");
    app.add_flag("--strict-port", commandLine.strictPort,
        "Fail when the port is taken instead of trying the next nine.");
    app.add_flag("--print-env-example", printsExample,
        "Print a .env file with every setting and its default, and exit.");

    std::deque<std::string> values; // addresses stay; CLI11 writes to them
    QList<std::pair<QByteArray, CLI::Option*>> options;
    for (const Setting& setting : settingsTable()) {
        const QByteArray flag = flagName(setting);
        if (!flag.isEmpty())
            options.append(
                {setting.key, app.add_option(flag.toStdString(), values.emplace_back(), helpOf(setting))});
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out;
        const int code = app.exit(error, out, out); // help and version end here too, with code 0
        return {
            std::nullopt, QByteArray::fromStdString(out.str()), code == 0 ? ExitCode::Ok : ExitCode::Usage};
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
