// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/logging.h"

#include <QDateTime>

#include <algorithm>
#include <atomic>
#include <cstdio>

Q_LOGGING_CATEGORY(logProxy, "proxy")
Q_LOGGING_CATEGORY(logRequest, "request")
Q_LOGGING_CATEGORY(logTelemetry, "telemetry")

using namespace Qt::StringLiterals;

namespace Logging {

namespace {

std::atomic<Level> installedLevel{Level::Info};
std::atomic<Format> installedFormat{Format::Text};

const char* levelName(Level level)
{
    switch (level) {
    case Level::Debug:
        return "debug";
    case Level::Info:
        return "info";
    case Level::Warn:
        return "warn";
    case Level::Error:
    case Level::Silent:
        break;
    }
    return "error";
}

/// Text that came from outside (paths, header values) need not be UTF-8, a log line must be: what is not
/// becomes U+FFFD.
QByteArray validUtf8(QByteArrayView text)
{
    const auto isAscii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (std::all_of(text.begin(), text.end(), isAscii))
        return text.toByteArray();
    return QString::fromUtf8(text).toUtf8();
}

void appendJsonString(QByteArray* out, QByteArrayView text)
{
    out->append('"');
    for (char c : validUtf8(text)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out->append('\\').append(c);
        else if (byte < 0x20 || byte == 0x7f)
            out->append("\\u00").append(QByteArray::number(byte, 16).rightJustified(2, '0'));
        else
            out->append(c);
    }
    out->append('"');
}

QByteArray withoutControlCharacters(QByteArrayView text)
{
    QByteArray clean = validUtf8(text);
    for (char& c : clean) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    }
    return clean;
}

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    Level level = Level::Error;
    if (type == QtDebugMsg)
        level = Level::Debug;
    else if (type == QtInfoMsg)
        level = Level::Info;
    else if (type == QtWarningMsg)
        level = Level::Warn;
    write(level, context.category ? context.category : "default", message.toUtf8());
}

} // namespace

void install(Level level, Format format)
{
    installedLevel = level;
    installedFormat = format;
    QLoggingCategory::setFilterRules(level == Level::Debug
            ? QStringLiteral("*.debug=false\nproxy.debug=true\nrequest.debug=true\ntelemetry.debug=true")
            : QStringLiteral("*.debug=false"));
    qInstallMessageHandler(handleMessage);
}

void write(Level level, const char* category, QByteArrayView message, const QList<Field>& fields)
{
    if (installedLevel == Level::Silent || level < installedLevel)
        return;
    const QByteArray line
        = formatLine(installedFormat, level, category, message, fields, QDateTime::currentMSecsSinceEpoch());
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr); // one call: lines of threads do not mix
}

QByteArray formatLine(Format format, Level level, const char* category, QByteArrayView message,
    const QList<Field>& fields, qint64 unixMilliseconds)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(unixMilliseconds).toUTC();
    QByteArray line;
    if (format == Format::Json) {
        line.append("{\"time\":\"")
            .append(time.toString(Qt::ISODateWithMs).toUtf8())
            .append("\",\"level\":\"");
        line.append(levelName(level)).append("\",\"category\":");
        appendJsonString(&line, category);
        line.append(",\"msg\":");
        appendJsonString(&line, message);
        for (const Field& field : fields) {
            line.append(',');
            appendJsonString(&line, field.name);
            line.append(':');
            if (field.isNumber)
                line.append(field.value.isEmpty() ? "null"_ba : field.value);
            else
                appendJsonString(&line, field.value);
        }
        line.append("}\n");
        return line;
    }
    line.append(time.toLocalTime().toString(u"hh:mm:ss.zzz").toUtf8()).append(' ');
    line.append(QByteArray(levelName(level)).leftJustified(5))
        .append(' ')
        .append(withoutControlCharacters(message));
    for (const Field& field : fields)
        line.append("  ").append(field.name).append('=').append(withoutControlCharacters(field.value));
    line.append('\n');
    return line;
}

} // namespace Logging
