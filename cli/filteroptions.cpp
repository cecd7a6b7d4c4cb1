// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/filteroptions.h"

const QList<FilterOption>& filterOptions()
{
    static const QList<FilterOption> options{
        {"--provider", "provider", "Calls to that provider.", "WORD", {"openai", "anthropic", "gemini"}},
        {"--model", "model", "Calls of that model, as asked for or as answered.", "TEXT"},
        {"--status", "status", "How they ended; error is one of any kind.", "WORD",
            {"2xx", "4xx", "5xx", "error", "cancelled"}},
        {"--delivery", "delivery", "Where their delivery to Langfuse stands.", "WORD",
            {"pending", "delivered", "rejected", "disabled"}},
        {"--session", "session", "Calls of that session.", "TEXT"},
        {"--user", "user", "Calls of that user.", "TEXT"},
        {"--tag", "tag", "Calls with that tag.", "TEXT"},
        {"--min-duration-ms", "minDurationMs", "Calls that took so long.", "NUMBER"},
        {"--since", "since", "Started then or later: 15m, 2h, 7d ago, a day, or 2026-11-24T10:00:00Z.",
            "TIME", {}, false},
        {"--until", "until", "Started before then.", "TIME", {}, false},
        {"--search", "q", "Words that occur in the conversation.", "TEXT", {}, false},
    };
    return options;
}

Error inWordsOfOptions(const Error& error)
{
    Error told = error;
    for (const FilterOption& filter : filterOptions()) {
        const QString front = QStringLiteral("Parameter %1 ").arg(QString::fromUtf8(filter.parameter));
        if (told.message.startsWith(front))
            told.message.replace(0, front.size() - 1, QString::fromUtf8(filter.option));
    }
    return told;
}
