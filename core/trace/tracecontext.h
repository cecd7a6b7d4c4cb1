// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The W3C headers that carry a trace from one program to the next: traceparent (Trace Context, 2021-11-23)
// and baggage (Baggage, 2024). Pure; used by attribution.

#include "base/headerlist.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace TraceContext {

struct Parent
{
    QByteArray traceId; // 32 lower-case hex, not all zero
    QByteArray spanId; // 16 lower-case hex, not all zero

    bool operator==(const Parent&) const = default;
};

/// The parent of one valid `traceparent` line; nothing when there is none, several, or a malformed one
/// (3.2.2.3: then the trace is started anew).
[[nodiscard]] std::optional<Parent> parentOf(const HeaderList& headers);

struct BaggageMember
{
    QByteArray key;
    QByteArray value; // percent-decoded, properties (after ';') left out

    bool operator==(const BaggageMember&) const = default;
};

/// All members of all `baggage` lines in order; malformed ones are left out.
[[nodiscard]] QList<BaggageMember> baggageOf(const HeaderList& headers);

} // namespace TraceContext
