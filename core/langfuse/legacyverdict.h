// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LegacyVerdict: a batch that went to /api/public/ingestion and the answer -> what to do with each of its
// traces. Pure; used by the DeliveryLoop, telemetry thread.

#include "langfuse/batchplanner.h"

#include <QHash>

struct LegacyVerdict
{
    struct Rejection
    {
        BatchItem item;
        QByteArray reason; // `rejected_400: <Langfuse's words>`
    };

    bool isUnderstood = false; // the answer said what was taken
    bool isClosed = false; // the server takes no traces by this route at all
    QList<qint64> delivered = {}; // rows
    QList<Rejection> rejected = {};
    QList<qint64> undecided = {}; // rows to be sent again
    QByteArray message = {}; // why, when something is undecided or nothing is understood

    /// How often in a row the server could not decide about a row.
    using Failures = QHash<qint64, int>;

    /// A trace that the server cannot decide about again and again, while it takes others, is rejected: it
    /// may be the cause. `failures` is brought up to date.
    [[nodiscard]] static LegacyVerdict of(
        const TraceBatch& batch, const QByteArray& answer, Failures* failures);
};
