// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Logging: categories, the level filter, and the format of a line on stderr: readable in development, one
// JSON object in production. Request lines pass their facts as fields; every other line is a Qt message.
// Callable on any thread.

#include <QByteArray>
#include <QList>
#include <QLoggingCategory>

Q_DECLARE_LOGGING_CATEGORY(logProxy) // start, stop, listening, warnings to the operator
Q_DECLARE_LOGGING_CATEGORY(logRequest) // one line a request
Q_DECLARE_LOGGING_CATEGORY(logTelemetry) // capture, store, delivery

namespace Logging {

enum class Level { Debug, Info, Warn, Error, Silent };
enum class Format { Text, Json };

/// Takes over Qt's message handler for the whole process.
void install(Level level, Format format);

/// A field of a structured line; `value` is text (bytes that are not UTF-8 are shown as U+FFFD), or a JSON
/// number when isNumber (empty: null).
struct Field
{
    QByteArray name;
    QByteArray value;
    bool isNumber = false;
};

/// Writes one line in the installed format: level, category, message and the fields.
void write(Level level, const char* category, QByteArrayView message, const QList<Field>& fields = {});

/// The JSON or text line for these parts, with its newline. Pure, for tests.
[[nodiscard]] QByteArray formatLine(Format format, Level level, const char* category, QByteArrayView message,
    const QList<Field>& fields, qint64 unixMilliseconds);

} // namespace Logging
