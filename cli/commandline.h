// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CommandLine: what the arguments ask for. Parsed with CLI11; every setting but the secrets has a flag, made
// from the settings table.

#include "cli/exitcodes.h"

#include <QByteArray>
#include <QHash>

#include <optional>

struct CommandLine
{
    QHash<QByteArray, QByteArray> flags; // by setting key
    QByteArray envFile; // --env-file; empty: `.env` in the working directory, if it is there
    bool strictPort = false;
};

struct CommandLineResult
{
    std::optional<CommandLine> commandLine; // nothing: print `output` and leave with `exitCode`
    QByteArray output; // help, version, the example file, or what is wrong
    ExitCode exitCode = ExitCode::Ok;
};

[[nodiscard]] CommandLineResult parseCommandLine(int argc, char** argv);
