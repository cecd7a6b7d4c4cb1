// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"

#include "cli/terminaltext.h"

#include <cstdio>

void print(QByteArrayView text)
{
    if (text.isEmpty())
        return; // its data may be null, which fwrite() does not take
    std::fwrite(text.data(), 1, std::size_t(text.size()), stdout);
    std::fflush(stdout);
}

void printJson(const QByteArray& json)
{
    print(terminalColumns() > 0 ? jsonForTerminal(json) : json);
}

QByteArray jsonForTerminal(const QByteArray& json)
{
    QString out;
    for (const QChar c : QString::fromUtf8(json)) {
        if (isObeyed(c) && c.unicode() >= 0x7f) // below they are white space between values
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out.toUtf8();
}

QByteArray failureText(const Error& error)
{
    const bool isNamed = error.subject.isEmpty() || error.code == ErrorCode::InvalidConfig
        || error.message.contains(error.subject);
    return ((isNamed ? QString() : error.subject + QLatin1String(": ")) + error.message).toUtf8();
}

ExitCode fail(const Error& error)
{
    std::fprintf(stderr, "langfuse-proxy: %s\n", terminalSafe(failureText(error)).constData());
    return exitCodeOf(error);
}
