// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exitcodes.h"

const QList<ExitCodeMeaning>& exitCodeMeanings()
{
    static const QList<ExitCodeMeaning> meanings{
        {ExitCode::Ok, "all went well; of the proxy also after SIGTERM, SIGINT or SIGHUP"},
        {ExitCode::Interrupted, "a second signal ended the proxy at once"},
        {ExitCode::Usage, "the command line cannot be understood, or asks for what cannot be"},
        {ExitCode::Unavailable,
            "no port to listen on, no proxy where one is needed, or a check has failed; the line before says "
            "which"},
        {ExitCode::CannotStore, "the trace database cannot be opened or is in use"},
        {ExitCode::Config, "a setting is not allowed"},
        {ExitCode::CannotRun,
            "run: the program cannot be executed; otherwise run ends with the program's own status, "
            "128 and the signal's number when a signal ended it"},
        {ExitCode::NotFound, "run: the program was not found"},
    };
    return meanings;
}

QByteArray renderExitCodeTable()
{
    QByteArray out = "| Code | |\n|---|---|\n";
    for (const ExitCodeMeaning& meaning : exitCodeMeanings())
        out += "| " + QByteArray::number(int(meaning.code)) + " | " + meaning.text + " |\n";
    return out;
}

ExitCode exitCodeOf(const Error& error)
{
    switch (error.code) {
    case ErrorCode::InvalidConfig:
        return ExitCode::Config;
    case ErrorCode::StoreFailed:
        return ExitCode::CannotStore;
    case ErrorCode::BadRequest:
        return ExitCode::Usage;
    default:
        return ExitCode::Unavailable;
    }
}
