// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// AnthropicUsage: Anthropic's token counts, which a stream tells twice: at the start, and cumulative at the
// end, there sometimes with fewer members. The last value of each member counts. Owned by a reader; telemetry
// thread. Source: docs.anthropic.com/en/docs/build-with-claude/streaming and /prompt-caching (2026-11).

#include "wire/jsonparser.h"
#include "wire/usage.h"

#include <QList>

class AnthropicUsage final
{
public:
    /// Takes over every member that is not null.
    void merge(JsonValue usage);
    /// The counts so far; nothing when none is known.
    [[nodiscard]] std::optional<Usage> usage();

private:
    struct Member
    {
        QByteArray key; // as it came
        QByteArray json;
    };

    [[nodiscard]] QByteArray mergedJson() const;

    QByteArray m_only; // the object as it came, while there is only one
    QList<Member> m_members;
    JsonParser m_parser;
};
