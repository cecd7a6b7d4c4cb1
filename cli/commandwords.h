// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// commandWords: the commands and options of the program as plain values, for what is written from them: the
// manual page and the completions.

#include <CLI/CLI.hpp>

#include <QByteArray>
#include <QList>

struct OptionWords
{
    QByteArray name; // `--port`; of a positional its name alone
    QByteArray value; // what it takes, e.g. NUMBER; empty: a flag
    QByteArray description;
    QList<QByteArray> choices;
    bool isPositional = false;
};

struct CommandWords
{
    QByteArray name; // empty: the program itself; `traces list` of a command in another
    QByteArray description;
    QList<OptionWords> options;
};

/// The program first, then its commands.
[[nodiscard]] QList<CommandWords> commandWords(const CLI::App& app);
