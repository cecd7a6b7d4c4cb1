// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Legacy outcomes: the 207 of /api/public/ingestion -> what became of each trace of the batch. The endpoint
// judges every event alone (langfuse.md 1b). Pure; telemetry thread.

#include <QByteArray>
#include <QList>

struct LegacyOutcome
{
    enum class Kind {
        Accepted, // both events
        Refused, // one of them is not acceptable; status and message say why
        Undecided, // the server's own trouble, or not a word about it: to be sent again, the ids are the same
    };

    Kind kind = Kind::Undecided;
    int status = 0; // of the event that decided; 0: not mentioned
    QByteArray message = {};

    bool operator==(const LegacyOutcome&) const = default;
};

struct LegacyOutcomes
{
    bool isUnderstood = false; // the body was a list of outcomes
    bool isClosed = false; // the server takes no traces by this route at all (v4: "Event type not accepted")
    QList<LegacyOutcome> traces; // in the order of the span ids

    /// `{"successes":[{"id","status"}],"errors":[{"id","status","message","error"}]}`
    [[nodiscard]] static LegacyOutcomes of(const QByteArray& body, const QList<QByteArray>& spanIds);
};
