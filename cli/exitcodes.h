// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Exit codes of langfuse-proxy, as sysexits.h names them where it has a name.

#include "base/result.h"

#include <QList>

enum class ExitCode {
    Ok = 0,
    Interrupted = 1,
    Usage = 64,
    Unavailable = 69,
    CannotStore = 74,
    Config = 78,
    CannotRun = 126,
    NotFound = 127,
};

struct ExitCodeMeaning
{
    ExitCode code;
    const char* text;
};

/// For the manual page and the README.
[[nodiscard]] const QList<ExitCodeMeaning>& exitCodeMeanings();
/// The README's table, Markdown.
[[nodiscard]] QByteArray renderExitCodeTable();
/// Of what stops a command: a setting, the trace database, an argument, or something that cannot be reached.
[[nodiscard]] ExitCode exitCodeOf(const Error& error);
