// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/calltotals.h"

#include "gui/model/calltext.h"

void CallTotals::add(const CallFacts& call)
{
    ++calls;
    openCalls += int(call.isOpen());
    errors += int(call.isError());
    inputTokens += call.inputTokens.value_or(0);
    cachedTokens += call.cachedTokens.value_or(0);
    outputTokens += call.outputTokens.value_or(0);
    costUsd += call.costUsd.value_or(0);
    hasCost = hasCost || call.costUsd;
    hasUnknownCost = hasUnknownCost || (!call.costUsd && call.inputTokens && !call.isOpen());
}

QString CallTotals::costText() const
{
    if (!hasCost)
        return hasUnknownCost ? tr("n/a") : CallText::nothing();
    return (hasUnknownCost ? QStringLiteral("≥ ") : QString()) + CallText::cost(costUsd);
}

QString CallTotals::text() const
{
    QString input = CallText::count(inputTokens);
    if (inputTokens > 0 && cachedTokens > 0) {
        input = tr("%1 (%2 cached)")
                    .arg(input, CallText::percent(100.0 * double(cachedTokens) / double(inputTokens)));
    }
    const QString cost = hasUnknownCost && !hasCost ? tr("cost n/a") : costText();
    return tr("Σ in %1 · out %2 · %3").arg(input, CallText::count(outputTokens), cost);
}
