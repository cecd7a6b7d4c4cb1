// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallTotals: the sums of some calls, as the status bar tells them. A value of the main thread.

#include "gui/model/callfacts.h"

#include <QCoreApplication>

struct CallTotals
{
    Q_DECLARE_TR_FUNCTIONS(CallTotals)

public:
    qint64 calls = 0;
    qint64 openCalls = 0;
    qint64 errors = 0;
    qint64 inputTokens = 0;
    qint64 cachedTokens = 0;
    qint64 outputTokens = 0;
    double costUsd = 0;
    bool hasCost = false;
    bool hasUnknownCost = false; // calls with tokens whose price is not known

    void add(const CallFacts& call);
    /// "$2.41", "≥ $2.41", "n/a"
    [[nodiscard]] QString costText() const;
    /// "Σ in 612k (91% cached) · out 9.4k · ≥ $2.41"
    [[nodiscard]] QString text() const;

    bool operator==(const CallTotals&) const = default;
};
