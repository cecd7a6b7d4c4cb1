// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// isoTime: the one form in which times are written to Langfuse. Pure.

#include <QByteArray>
#include <QDateTime>

/// Microseconds since 1970 UTC -> "2026-11-23T08:32:31.801Z".
[[nodiscard]] inline QByteArray isoTime(qint64 microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(microseconds / 1000).toUTC().toString(Qt::ISODateWithMs).toLatin1();
}
