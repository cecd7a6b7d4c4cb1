// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// NetworkFigures: what the engine thread counts for /metrics. A value.

#include <QMap>
#include <QMetaType>

struct NetworkFigures
{
    qint64 openConnections = 0; // of consumers
    qint64 openCalls = 0; // on their way through the proxy
    qint64 openStreams = 0; // of these: event streams that are being answered
    qint64 requestBytes = 0; // bodies, since the start
    qint64 responseBytes = 0;
    qint64 subscribers = 0; // of /api/events
    QMap<QByteArray, qint64> droppedSubscribers; // by reason, since the start
    QMap<QByteArray, qint64> refusedApiCalls; // by reason, since the start
};

Q_DECLARE_METATYPE(NetworkFigures)
