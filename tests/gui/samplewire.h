// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// samplewire: made-up calls as they are on the wire, and the records that a proxy makes of them. For
// samplecalls; stateless.

#include "samplecalls.h"
#include "trace/recordrules.h"

#include <QJsonArray>
#include <QJsonObject>

[[nodiscard]] QByteArray compactJson(const QJsonObject& object);

struct AgentUsage
{
    int input = 0;
    int cacheRead = 0;
    int cacheWrite = 0;
    int output = 0;
};

/// An answer as an Anthropic stream says it: a delta for every few words. `content`: its blocks.
[[nodiscard]] QList<QByteArray> anthropicEvents(
    const QString& model, const QJsonArray& content, const AgentUsage& usage, const QString& stop);

/// One call as it was on the wire.
struct WireCall
{
    qint64 startUs = 0; // since the first call
    QByteArray provider;
    QByteArray target;
    QByteArray session;
    QJsonObject request;
    int status = 200;
    bool isStream = true;
    QList<QByteArray> pieces;
    qint64 firstUs = 700'000; // since its start, as the next
    qint64 durationUs = 4'000'000;
    CallOutcome outcome = CallOutcome::Completed;
    SampleCall::Delivery delivery = SampleCall::Delivery::Accepted;
};

/// `baseUs`: when the first call began, microseconds since 1970 UTC.
[[nodiscard]] TraceRecord recordOf(const WireCall& call, qint64 baseUs, const RecordRules& rules);
