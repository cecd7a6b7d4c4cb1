// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// parseEnvFile: the `.env` format that people know from dotenv. Pure.

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>

#include <optional>

/// Where a value stands: whole lines, from the name to the end of line after the value.
struct EnvFileEntry
{
    QByteArray name;
    qsizetype begin = 0; // offsets in the content
    qsizetype end = 0;
};

struct EnvFile
{
    QHash<QByteArray, QByteArray> values; // the last line of a name wins
    QList<EnvFileEntry> entries; // of all lines that give a value, in their order
    QList<int> ignoredLines; // 1-based numbers of lines that are neither blank, comment nor NAME=value
};

/// Reads NAME=value lines: `export ` before the name, single quotes and back quotes (literal), double quotes
/// (escapes \n \r \t \" \\ \$; any other backslash stays), otherwise up to ` #` or the end of the line,
/// trimmed. Quoted values may span lines; only a comment may follow them, else the quotes are part of the
/// value. `$` is never expanded. CRLF and a UTF-8 BOM are accepted.
[[nodiscard]] EnvFile parseEnvFile(QByteArrayView content);

/// The content with other values; everything else stays as it is, comments between the lines included. A name
/// that has lines already keeps the place of the last one, the others go; a new one stands at the end. A
/// value of nothing takes the name out. parseEnvFile() reads every value back as it was given.
[[nodiscard]] QByteArray editEnvFile(
    const QByteArray& content, const QMap<QByteArray, std::optional<QByteArray>>& changes);
