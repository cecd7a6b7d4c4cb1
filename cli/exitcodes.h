// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Exit codes of langfuse-proxy, as sysexits.h names them where it has a name.

enum class ExitCode {
    Ok = 0, // also after SIGTERM and SIGINT
    Interrupted = 1, // a second signal ended it at once
    Usage = 64, // the command line cannot be understood
    Unavailable = 69, // no port to listen on
    CannotStore = 74, // the trace store cannot be opened
    Config = 78, // a setting is not allowed
};
