// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the cells of the list say more of when the mouse rests on them.

#include "gui/model/calltext.h"
#include "gui/model/requestcolumns.h"

#include <QLocale>

namespace {

QString exactly(const std::optional<qint64>& number)
{
    return number ? QLocale().toString(*number) : CallText::nothing();
}

QString exactTime(const std::optional<qint64>& microseconds)
{
    return microseconds ? CallText::duration(*microseconds) : CallText::nothing();
}

} // namespace

QString RequestColumns::toolTip(const CallFacts& facts, int column)
{
    switch (column) {
    case State:
    case Status:
        return CallText::outcome(facts);
    case Time:
    case Timeline:
        return tr("Started %1\nHeaders after %2\nFirst token after %3\nTook %4")
            .arg(CallText::moment(facts.startedAtUs), exactTime(facts.firstByteUs),
                exactTime(facts.firstTokenUs), exactTime(facts.durationUs));
    case Provider:
        return facts.provider + u'\n' + facts.method + u' ' + facts.path;
    case Model:
        if (facts.requestModel.isEmpty() || facts.requestModel == facts.model)
            return facts.model;
        return tr("%1\nasked for: %2").arg(facts.model, facts.requestModel);
    case Request:
        return CallText::subject(facts);
    case Input:
    case Cached:
    case Output:
    case Reasoning:
    case CacheWrite: {
        if (const QString why = CallText::whyNoUsage(facts); !why.isEmpty())
            return why;
        std::optional<qint64> uncached = facts.inputTokens;
        if (uncached)
            *uncached -= facts.cachedTokens.value_or(0) + facts.cacheWriteTokens.value_or(0);
        return tr(
            "Input %1: uncached %2, read from the cache %3, written to it %4\nOutput %5, of it reasoning %6")
            .arg(exactly(facts.inputTokens), exactly(uncached), exactly(facts.cachedTokens),
                exactly(facts.cacheWriteTokens), exactly(facts.outputTokens), exactly(facts.reasoningTokens));
    }
    case FirstToken:
    case HeadTime:
        return tr("Headers after %1, first token after %2")
            .arg(exactTime(facts.firstByteUs), exactTime(facts.firstTokenUs));
    case Cost:
        if (!facts.costUsd && facts.inputTokens)
            return tr("The price of %1 is not known; PRICES_FILE can tell it").arg(facts.model);
        return facts.costUsd ? QLocale().toString(*facts.costUsd, 'g', 6) + tr(" US dollars") : QString();
    case Delivery:
        if (facts.deliveryError.isEmpty())
            return CallText::delivery(facts.delivery);
        return tr("%1\n%2 (failed attempts: %3)")
            .arg(CallText::delivery(facts.delivery), facts.deliveryError)
            .arg(facts.attempts);
    default:
        return text(facts, column);
    }
}
