// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/output.h"

#include <cstdio>

void print(QByteArrayView text)
{
    if (text.isEmpty())
        return; // its data may be null, which fwrite() does not take
    std::fwrite(text.data(), 1, std::size_t(text.size()), stdout);
    std::fflush(stdout);
}

QByteArray failureText(const Error& error)
{
    const bool isNamed = error.subject.isEmpty() || error.code == ErrorCode::InvalidConfig
        || error.message.contains(error.subject);
    return ((isNamed ? QString() : error.subject + QLatin1String(": ")) + error.message).toUtf8();
}

ExitCode fail(const Error& error)
{
    std::fprintf(stderr, "langfuse-proxy: %s\n", failureText(error).constData());
    return exitCodeOf(error);
}
