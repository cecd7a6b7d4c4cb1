// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallGroups: what the calls of the list have in common: sessions with their agents, providers, models, the
// values that the filter's fields have been seen with, and calls that should have come from the provider's
// cache and did not. Made anew of all calls, some times a second at most. A value of the main thread.

#include "gui/model/callfacts.h"

#include <QHash>
#include <QSet>

#include <vector>

struct CallGroups
{
    struct Sum
    {
        qint64 calls = 0;
        double costUsd = 0;
        bool hasUnknownCost = false; // the cost is at least that

        void add(const CallFacts& call);
        /// "14 · $1.92", "14 · ≥ $1.92"; without a cost "14".
        [[nodiscard]] QString text() const;
        bool operator==(const Sum&) const = default;
    };
    struct Group
    {
        QString value;
        Sum sum;

        bool operator==(const Group&) const = default;
    };
    struct Session
    {
        QString id; // empty: the calls without one
        Sum sum;
        QList<Group> agents; // those that are not the main one, in the order in which they came

        bool operator==(const Session&) const = default;
    };

    Sum all;
    QList<Session> sessions; // the one with the newest call first, at most 50; then the calls without one
    qsizetype leftOutSessions = 0;
    QList<Group> providers; // the most frequent first
    QList<Group> models;
    QHash<QString, QStringList> seenValues; // by field of the filter, the most frequent first
    QSet<QByteArray> cacheMisses; // later calls of a session with a prompt of which nothing was cached

    [[nodiscard]] static CallGroups of(const std::vector<CallFacts>& calls);
};
