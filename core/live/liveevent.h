// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LiveEvent: one event of GET /api/events, before it has a place in the stream. A value on its way from the
// telemetry thread to the engine thread.

#include <QByteArray>
#include <QList>
#include <QMetaType>

struct LiveEvent
{
    QByteArray type; // call.started, call.response, call.progress, call.ended, call.lost, delivery, ledger
    QByteArray json; // the members of its data without the braces: "call":{...}
    QList<QByteArray> calls; // ids of the calls that it is about; none: it is for everybody
    QByteArray provider; // with call.*
    QByteArray model;
    QByteArray session;

    bool operator==(const LiveEvent&) const = default;
};

/// What a subscriber asked for; an empty one is no condition. Model and session of a call are not known from
/// its first event on.
struct LiveFilter
{
    QByteArray call; // id
    QByteArray provider;
    QByteArray model;
    QByteArray session;

    [[nodiscard]] bool isEmpty() const
    {
        return call.isEmpty() && provider.isEmpty() && model.isEmpty() && session.isEmpty();
    }
    [[nodiscard]] bool takes(const LiveEvent& event) const;
    bool operator==(const LiveFilter&) const = default;
};

Q_DECLARE_METATYPE(LiveEvent)
