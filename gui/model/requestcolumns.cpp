// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/requestcolumns.h"

#include "gui/model/calltext.h"

#include <QLocale>

namespace {

using Columns = RequestColumns;

QString countOr(const std::optional<qint64>& number)
{
    return number ? CallText::count(*number) : CallText::nothing();
}

QString durationOr(const std::optional<qint64>& microseconds)
{
    return microseconds ? CallText::duration(*microseconds) : CallText::nothing();
}

QString outputText(const CallFacts& facts)
{
    if (facts.outputTokens && (!facts.isOpen() || !facts.outputEstimate))
        return CallText::count(*facts.outputTokens);
    if (facts.isOpen() && facts.outputEstimate)
        return u'~' + CallText::count(*facts.outputEstimate);
    return CallText::nothing();
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

template <typename Value>
bool isKnownLess(const std::optional<Value>& a, const std::optional<Value>& b)
{
    if (a.has_value() != b.has_value())
        return a.has_value();
    return a && *a < *b;
}

/// Calls that are open come after all others.
template <typename Less>
bool isOpenLast(const CallFacts& a, const CallFacts& b, Less less)
{
    if (a.isOpen() != b.isOpen())
        return b.isOpen();
    return less(a, b);
}

template <auto member>
bool lessByText(const CallFacts& a, const CallFacts& b)
{
    return a.*member < b.*member;
}

template <auto member>
bool lessByNumber(const CallFacts& a, const CallFacts& b)
{
    return isKnownLess(a.*member, b.*member);
}

template <auto member>
bool lessByLiveNumber(const CallFacts& a, const CallFacts& b)
{
    return isOpenLast(a, b, lessByNumber<member>);
}

template <auto getter>
bool lessByLiveValue(const CallFacts& a, const CallFacts& b)
{
    return isOpenLast(a, b,
        [](const CallFacts& x, const CallFacts& y) { return isKnownLess((x.*getter)(), (y.*getter)()); });
}

template <auto member>
bool lessByWords(const CallFacts& a, const CallFacts& b)
{
    return (a.*member).join(u' ') < (b.*member).join(u' ');
}

} // namespace

QString RequestColumns::text(const CallFacts& facts, int column)
{
    switch (column) {
    case Number:
        return QString::number(facts.number);
    case Time:
        return CallText::time(facts.startedAtUs);
    case Provider:
        return CallText::providerMark(facts.provider);
    case Model:
        return facts.model;
    case Request:
        return CallText::subject(facts);
    case Input:
        return countOr(facts.inputTokens);
    case Cached: {
        const auto percent = facts.cachedPercent();
        return percent ? CallText::percent(*percent) : CallText::nothing();
    }
    case Output:
        return outputText(facts);
    case FirstToken:
        return durationOr(facts.firstTokenUs);
    case Duration:
        return durationOr(facts.durationUs)
            + (facts.isOpen() && facts.durationUs ? QStringLiteral("…") : QString());
    case Rate: {
        const auto rate = facts.tokensPerSecond();
        return rate ? QString::number(qRound64(*rate)) : CallText::nothing();
    }
    case Cost:
        if (facts.costUsd)
            return CallText::cost(*facts.costUsd);
        return facts.inputTokens && !facts.isOpen() ? tr("n/a") : CallText::nothing();
    case Session:
        return (facts.agent.isEmpty() ? QString() : QStringLiteral("↳ ")) + facts.session;
    case Reasoning:
        return countOr(facts.reasoningTokens);
    case CacheWrite:
        return countOr(facts.cacheWriteTokens);
    case Target:
        return facts.method + u' ' + facts.path;
    case Status:
        return facts.status ? QString::number(*facts.status) : CallText::nothing();
    case FinishReason:
        return facts.finishReason;
    case Tools:
        return facts.tools.join(QStringLiteral(", "));
    case User:
        return facts.user;
    case Tags:
        return facts.tags.join(QStringLiteral(", "));
    case Size:
        return sizeText(facts.bytes);
    case HeadTime:
        return durationOr(facts.firstByteUs);
    case Id:
        return QString::fromLatin1(facts.id);
    case Note:
        return facts.note;
    default:
        return {};
    }
}

QString RequestColumns::spoken(const CallFacts& facts, int column)
{
    QString value = text(facts, column);
    switch (column) {
    case State:
    case Timeline:
        value = CallText::outcome(facts);
        break;
    case Provider:
        value = facts.provider;
        break;
    case Delivery:
        value = CallText::delivery(facts.delivery);
        break;
    default:
        break;
    }
    if (value.isEmpty() || value == CallText::nothing())
        value = tr("unknown");
    return tr("%1: %2", "a column's title and its value").arg(longTitle(column), value);
}

RequestColumns::Order RequestColumns::order(int column)
{
    switch (column) {
    case State:
        return [](const CallFacts& a, const CallFacts& b) { return a.state < b.state; };
    case Time:
    case Timeline:
        return lessByText<&CallFacts::startedAtUs>;
    case Provider:
        return lessByText<&CallFacts::provider>;
    case Model:
        return lessByText<&CallFacts::model>;
    case Request:
        return [](const CallFacts& a, const CallFacts& b) { return a.preview < b.preview; };
    case Input:
        return lessByLiveNumber<&CallFacts::inputTokens>;
    case Cached:
        return lessByLiveValue<&CallFacts::cachedPercent>;
    case Output:
        return lessByLiveNumber<&CallFacts::outputTokens>;
    case FirstToken:
        return lessByLiveNumber<&CallFacts::firstTokenUs>;
    case Duration:
        return lessByLiveNumber<&CallFacts::durationUs>;
    case Rate:
        return lessByLiveValue<&CallFacts::tokensPerSecond>;
    case Cost:
        return lessByLiveNumber<&CallFacts::costUsd>;
    case Session:
        return lessByText<&CallFacts::session>;
    case Delivery:
        return [](const CallFacts& a, const CallFacts& b) { return a.delivery < b.delivery; };
    case Reasoning:
        return lessByLiveNumber<&CallFacts::reasoningTokens>;
    case CacheWrite:
        return lessByLiveNumber<&CallFacts::cacheWriteTokens>;
    case Target:
        return lessByText<&CallFacts::path>;
    case Status:
        return lessByNumber<&CallFacts::status>;
    case FinishReason:
        return lessByText<&CallFacts::finishReason>;
    case Tools:
        return lessByWords<&CallFacts::tools>;
    case User:
        return lessByText<&CallFacts::user>;
    case Tags:
        return lessByWords<&CallFacts::tags>;
    case Size:
        return [](const CallFacts& a, const CallFacts& b) {
            return isOpenLast(a, b, lessByText<&CallFacts::bytes>);
        };
    case HeadTime:
        return lessByNumber<&CallFacts::firstByteUs>;
    case Id:
        return lessByText<&CallFacts::id>;
    case Note:
        return lessByText<&CallFacts::note>;
    default:
        return lessByText<&CallFacts::number>;
    }
}

bool RequestColumns::changesWhileOpen(int column)
{
    return column != Number && column != Time && column != Timeline;
}
