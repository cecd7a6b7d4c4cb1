// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TailFilter: whether a call of GET /api/events is one of those that `tail` was asked for, by the same
// filters as GET /api/traces. Of a call that is open not everything is known. Pure.

#include <QByteArray>
#include <QHash>
#include <QStringList>

class QJsonObject;

enum class CallFit {
    Yes,
    No, // and nothing will change that
    Unknown, // its end or its delivery will tell
};

class TailFilter final
{
public:
    TailFilter() = default; // every call
    /// By parameter of the API; those that are not live are left alone.
    explicit TailFilter(const QHash<QByteArray, QByteArray>& filters)
        : m_filters(filters)
    {
    }

    /// `call`: as in the events. `elapsedMs`: since its start, of an open one.
    [[nodiscard]] CallFit fitOf(const QJsonObject& call, bool isOver, qint64 elapsedMs) const;

private:
    [[nodiscard]] CallFit textFit(const char* parameter, const QStringList& known, bool isOver) const;
    [[nodiscard]] CallFit statusFit(const QJsonObject& call, bool isOver) const;
    [[nodiscard]] CallFit deliveryFit(const QJsonObject& call, bool isOver) const;
    [[nodiscard]] CallFit durationFit(const QJsonObject& call, bool isOver, qint64 elapsedMs) const;

    QHash<QByteArray, QByteArray> m_filters;
};
