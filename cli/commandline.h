// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CommandLine: what the arguments ask for. Parsed with CLI11; every setting but the secrets has a flag, made
// from the settings table.

#include "app/processsettings.h"
#include "cli/exitcodes.h"

#include <QStringList>

#include <optional>

enum class Command {
    Serve, // the daemon; what happens without a command
    Check,
    Env,
    Run,
    Tail,
    Diff,
    Demo,
    Replay,
    TracesList,
    TracesShow,
    TracesExport,
    TracesImport,
    TracesRemove,
};

struct CommandLine
{
    Command command = Command::Serve;
    SettingArguments settings;
    bool strictPort = false; // serve
    bool json = false; // every other command: one JSON document on stdout
    QByteArray url; // env, run: of a proxy that runs already; empty: by HOST and PORT
    QByteArray shell; // env: sh, fish, powershell; empty: by $SHELL
    QStringList program; // run: the program and its arguments
    QHash<QByteArray, QByteArray> filters; // traces: by parameter of the API
    qsizetype limit = 20; // traces list
    QByteArrayList ids; // diff, traces show, export, rm: whole, or their fronts
    QByteArray format; // traces export: jsonl, har, curl, records
    QByteArray inputFile; // traces import; `-`: stdin
    bool isDelivered = false; // traces import: to Langfuse, by the next proxy
    QByteArray outputFile; // traces export; empty: stdout
    QByteArray follow; // tail: the id of a call, or its front
    QByteArray model; // replay
    QByteArrayList sets; // replay: path=value
    QByteArray baseUrl; // replay: another proxy to send it through
    bool isOnce = false; // demo
    bool isAll = false; // traces rm
    bool isConfirmed = false; // traces rm

    /// `&provider=openai&q=...`, or nothing.
    [[nodiscard]] QByteArray filterQuery() const;
};

struct CommandLineResult
{
    std::optional<CommandLine> commandLine; // nothing: print `output` and leave with `exitCode`
    QByteArray output; // help, version, a rendered file, or what is wrong
    ExitCode exitCode = ExitCode::Ok;
};

[[nodiscard]] CommandLineResult parseCommandLine(int argc, char** argv);
