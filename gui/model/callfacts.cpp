// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/callfacts.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

namespace {

constexpr qint64 leastDecodingUs = 250'000;
constexpr qint64 leastTokens = 10;
constexpr qint64 bytesPerToken = 4; // of English text and JSON, about

/// Few different words stand in many rows: each is kept once.
QString sharedWord(const QString& word)
{
    static QSet<QString> words; // of the main thread
    constexpr qsizetype most = 4096;
    if (const auto known = words.constFind(word); known != words.constEnd())
        return *known;
    if (words.size() < most)
        words.insert(word);
    return word;
}

QString factText(const QJsonObject& object, const char* key)
{
    return object.value(QLatin1String(key)).toString();
}

QString factWord(const QJsonObject& object, const char* key)
{
    return sharedWord(factText(object, key));
}

QStringList factWords(const QJsonObject& object, const char* key)
{
    QStringList words;
    for (const QJsonValue& word : object.value(QLatin1String(key)).toArray())
        words.append(sharedWord(word.toString()));
    return words;
}

std::optional<qint64> factNumber(const QJsonObject& object, const char* key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    return value.isDouble() ? std::optional<qint64>(value.toInteger()) : std::nullopt;
}

std::optional<qint64> factMicroseconds(const QJsonObject& object, const char* key)
{
    const QJsonValue value = object.value(QLatin1String(key));
    return value.isDouble() ? std::optional<qint64>(qRound64(value.toDouble() * 1000)) : std::nullopt;
}

std::optional<qint64> factSum(std::initializer_list<std::optional<qint64>> counts)
{
    std::optional<qint64> sum;
    for (const auto& count : counts) {
        if (count)
            sum = sum.value_or(0) + *count;
    }
    return sum;
}

void takeTokens(CallFacts* facts, const QJsonObject& tokens)
{
    facts->cachedTokens = factNumber(tokens, "cached");
    facts->cacheWriteTokens = factNumber(tokens, "cacheWrite");
    facts->inputTokens = factSum({factNumber(tokens, "input"), facts->cachedTokens, facts->cacheWriteTokens});
    facts->reasoningTokens = factNumber(tokens, "reasoning");
    facts->outputTokens = factSum({factNumber(tokens, "output"), facts->reasoningTokens});
}

/// How a call ended that is not open any more.
CallFacts::State endState(const CallFacts& facts, const QString& outcome)
{
    using State = CallFacts::State;
    const bool hasGoodHead = facts.status && *facts.status < 400;
    if (outcome == QLatin1String("cancelled"))
        return State::Cancelled;
    if (outcome == QLatin1String("refused"))
        return State::ProxyError;
    if (outcome == QLatin1String("upstream_failed") || outcome == QLatin1String("timed_out"))
        return hasGoodHead ? State::CutOff : State::UpstreamError;
    return hasGoodHead && facts.error.isEmpty() ? State::Done : State::UpstreamError;
}

} // namespace

std::optional<double> CallFacts::cachedPercent() const
{
    if (!inputTokens || *inputTokens <= 0 || !cachedTokens)
        return std::nullopt;
    return 100.0 * double(*cachedTokens) / double(*inputTokens);
}

std::optional<double> CallFacts::tokensPerSecond() const
{
    if (!outputTokens || !firstTokenUs || !durationUs || *outputTokens < leastTokens
        || *durationUs - *firstTokenUs < leastDecodingUs)
        return std::nullopt;
    return double(*outputTokens) * 1e6 / double(*durationUs - *firstTokenUs);
}

CallFacts CallFacts::fromSummary(const QJsonObject& call)
{
    CallFacts facts;
    facts.id = factText(call, "id").toLatin1();
    facts.startedAtUs
        = QDateTime::fromString(factText(call, "startedAt"), Qt::ISODateWithMs).toMSecsSinceEpoch() * 1000;
    facts.provider = factWord(call, "provider");
    facts.model = factWord(call, "model");
    facts.requestModel = factWord(call, "requestModel");
    facts.method = factWord(call, "method");
    facts.path = factWord(call, "path");
    facts.name = factWord(call, "name");
    facts.preview = factText(call, "preview");
    if (const auto status = factNumber(call, "status"))
        facts.status = int(*status);
    facts.error = factWord(call, "error");
    facts.errorText = factText(call, "errorMessage");
    facts.session = factWord(call, "session");
    facts.agent = factWord(call, "agent");
    facts.user = factWord(call, "user");
    facts.tags = factWords(call, "tags");
    facts.tools = factWords(call, "tools");
    facts.finishReason = factWord(call, "finishReason");
    facts.isStream = call.value(QLatin1String("stream")).toBool();
    facts.firstByteUs = factMicroseconds(call, "firstByteMs");
    facts.firstTokenUs = factMicroseconds(call, "firstTokenMs");
    facts.durationUs = factMicroseconds(call, "durationMs");
    takeTokens(&facts, call.value(QLatin1String("tokens")).toObject());
    if (const QJsonValue cost = call.value(QLatin1String("costUsd")); cost.isDouble())
        facts.costUsd = cost.toDouble();
    facts.bytes = factNumber(call, "bytes").value_or(0);
    facts.setDelivery(call.value(QLatin1String("delivery")).toObject());
    facts.state = endState(facts, factText(call, "outcome"));
    return facts;
}

CallFacts CallFacts::fromEvent(const QJsonObject& data)
{
    CallFacts facts = fromSummary(data.value(QLatin1String("call")).toObject());
    const QString word = factText(data, "state");
    if (word == QLatin1String("open")) {
        facts.state = facts.firstByteUs ? State::Streaming : State::Pending;
        facts.delivery = Delivery::Off;
    } else if (word == QLatin1String("not_stored")) {
        facts.delivery = Delivery::Off;
    }
    return facts;
}

void CallFacts::addProgress(const QJsonObject& data)
{
    if (const auto elapsed = factMicroseconds(data, "elapsedMs"))
        durationUs = elapsed;
    if (const auto first = factMicroseconds(data, "firstTokenMs"))
        firstTokenUs = first;
    bytes = factSum({factNumber(data, "requestBytes"), factNumber(data, "responseBytes")}).value_or(bytes);
    if (const QJsonValue tokens = data.value(QLatin1String("tokens")); tokens.isObject())
        takeTokens(this, tokens.toObject());
    qint64 textBytes = 0;
    for (const QJsonValue& text : data.value(QLatin1String("texts")).toArray())
        textBytes += factText(text.toObject(), "text").toUtf8().size();
    if (textBytes > 0)
        outputEstimate = outputEstimate.value_or(0) + (textBytes + bytesPerToken - 1) / bytesPerToken;
}

void CallFacts::setDelivery(const QJsonObject& object)
{
    const QString word = factText(object, "state");
    attempts = int(factNumber(object, "attempts").value_or(0));
    const QString reason = factText(object, "reason");
    deliveryError = reason.isEmpty() ? factText(object, "lastError") : reason;
    if (word == QLatin1String("pending"))
        delivery = attempts > 0 ? Delivery::Retrying : Delivery::Queued;
    else if (word == QLatin1String("delivered"))
        delivery = Delivery::Accepted;
    else if (word == QLatin1String("rejected"))
        delivery = Delivery::Failed;
    else
        delivery = reason == QLatin1String("sampled_out") ? Delivery::SampledOut : Delivery::Off;
}
