// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// samplecalls: an afternoon of three clients: a coding agent that mends a test, another one on another
// provider, and a chat; with the failures that such an afternoon has. For pictures and for whoever needs a
// store that looks like one. The words are ours.

#include "trace/tracerecord.h"

#include <QString>

/// Of one call: the record, and what became of it.
struct SampleCall
{
    enum class Delivery { Accepted, Rejected, Waiting };

    TraceRecord record;
    Delivery delivery = Delivery::Accepted;
};

/// In the order of their start; the last one has ended shortly before `endUs` (microseconds since 1970 UTC).
[[nodiscard]] QList<SampleCall> sampleCalls(qint64 endUs);

/// Writes them to a new store at `path`. False: it could not be written.
[[nodiscard]] bool writeSampleStore(const QString& path, const QList<SampleCall>& calls);

/// The part of a streamed Anthropic answer that ends in the middle of a sentence, one event each.
[[nodiscard]] QList<QByteArray> sampleStreamBegin();
/// The request that it answers.
[[nodiscard]] QByteArray sampleStreamRequest();
