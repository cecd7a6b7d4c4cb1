// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// parseEnvFile: the `.env` format that people know from dotenv. Pure.

#include <QByteArray>
#include <QHash>
#include <QList>

struct EnvFile
{
    QHash<QByteArray, QByteArray> values; // the last line of a name wins
    QList<int> ignoredLines; // 1-based numbers of lines that are neither blank, comment nor NAME=value
};

/// Reads NAME=value lines: `export ` before the name, single quotes and back quotes (literal), double quotes
/// (escapes \n \r \t \" \\ \$; any other backslash stays), otherwise up to ` #` or the end of the line,
/// trimmed. Quoted values may span lines; only a comment may follow them, else the quotes are part of the
/// value. `$` is never expanded. CRLF and a UTF-8 BOM are accepted.
[[nodiscard]] EnvFile parseEnvFile(QByteArrayView content);
