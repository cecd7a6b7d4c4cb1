// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/retrypolicy.h"

#include "langfuse/jsonwriter.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <optional>
#include <utility>

namespace {

using std::chrono::milliseconds;

// RFC 9110 10.2.3: delay-seconds or an HTTP date.
std::optional<milliseconds> parseRetryAfter(const QByteArray& value, qint64 nowMs)
{
    const QByteArray text = value.trimmed();
    bool isNumber = false;
    const double seconds = text.toDouble(&isNumber);
    if (isNumber && seconds >= 0 && seconds < 1e9)
        return milliseconds(static_cast<qint64>(seconds * 1000));
    QDateTime date = QLocale::c().toDateTime(
        QString::fromLatin1(text), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!date.isValid())
        return {};
    date = QDateTime(date.date(), date.time(), QTimeZone::utc());
    return milliseconds(std::max<qint64>(0, date.toMSecsSinceEpoch() - nowMs));
}

QByteArray withServerMessage(QByteArray text, const DeliveryAnswer& answer)
{
    const QByteArray said = serverMessage(answer);
    return said.isEmpty() ? text : text + ": " + said;
}

// A 400 that no trace can be blamed for: the way in itself is not understood.
bool isAboutTheRequest(const QByteArray& message)
{
    const QByteArray text = message.toLower();
    return text.contains("content type") || text.contains("content-type")
        || text.contains("ingestion version") || text.contains("ingestion-version");
}

} // namespace

QByteArray serverMessage(const DeliveryAnswer& answer)
{
    const QJsonObject object = QJsonDocument::fromJson(answer.body).object();
    QByteArray text = object.value(QLatin1String("message")).toString().toUtf8();
    if (text.isEmpty())
        text = object.value(QLatin1String("error")).toString().toUtf8();
    if (text.isEmpty() && object.isEmpty() && !answer.contentType.startsWith("text/html"))
        text = answer.body;
    constexpr qsizetype maxBytes = 300;
    return toValidUtf8(text.left(4 * maxBytes).simplified().left(maxBytes));
}

RetryPolicy::RetryPolicy(std::function<double()> random)
    : RetryPolicy(std::move(random), Delays())
{
}

RetryPolicy::RetryPolicy(std::function<double()> random, const Delays& delays)
    : m_random(std::move(random))
    , m_delays(delays)
{
}

DeliveryDecision RetryPolicy::decide(const DeliveryAnswer& answer, const Attempt& attempt)
{
    const int status = answer.status;
    const QByteArray number = QByteArray::number(status);
    if (status == 0)
        return retry(m_delays.unreachableCap, "Langfuse cannot be reached: " + answer.networkError);
    if (status >= 200 && status < 300) {
        if (answer.contentType.startsWith("text/html"))
            return waitForOperator("LANGFUSE_BASE_URL answers with a web page: check the address");
        m_failures = 0;
        return {};
    }
    if (status >= 300 && status < 400)
        return waitForOperator(
            "Langfuse redirects to " + answer.location + ": set LANGFUSE_BASE_URL to the final address");
    if (status == 429)
        return retryAsTold(answer, attempt, withServerMessage("Langfuse limits the rate (429)", answer));
    if (status == 408 || status >= 500) {
        DeliveryDecision decision
            = retryAsTold(answer, attempt, withServerMessage("Langfuse answered " + number, answer));
        decision.isRefusal = status != 504; // a gateway lost patience: the server behind may have taken it
        return decision;
    }
    if (status == 401)
        return waitForOperator(
            withServerMessage("Langfuse does not accept the keys (401), check "
                              "LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and LANGFUSE_BASE_URL",
                answer));
    if (status == 403)
        return waitForOperator(withServerMessage(
            "Langfuse refuses these keys (403), they must be a project's keys and the plan must allow it",
            answer));
    if (status == 404)
        return waitForOperator(
            "There is no Langfuse endpoint (404): check LANGFUSE_BASE_URL and LANGFUSE_INGESTION");
    if (status == 400 || status == 413 || status == 422)
        return refused(answer, attempt, withServerMessage("Langfuse answered " + number, answer));
    return waitForOperator(withServerMessage("Langfuse answered " + number, answer));
}

DeliveryDecision RetryPolicy::retry(milliseconds cap, const QByteArray& message)
{
    constexpr int maxDoublings = 20;
    const milliseconds full = std::min(cap, m_delays.first * (1 << std::min(m_failures, maxDoublings)));
    ++m_failures;
    const double share = 0.5 + 0.5 * m_random();
    return {.kind = DeliveryDecision::Kind::RetryLater,
        .delay = milliseconds(static_cast<qint64>(static_cast<double>(full.count()) * share)),
        .message = message};
}

DeliveryDecision RetryPolicy::undecided(const QByteArray& message)
{
    return retry(m_delays.troubledCap, message);
}

DeliveryDecision RetryPolicy::retryAsTold(
    const DeliveryAnswer& answer, const Attempt& attempt, const QByteArray& message)
{
    // A gateway that says 502, 503 or 504 has lost the server behind it: soon back is soon noticed.
    const bool isGateway = answer.status >= 502 && answer.status <= 504;
    DeliveryDecision decision = retry(isGateway ? m_delays.unreachableCap : m_delays.troubledCap, message);
    decision.isRefusal = true;
    if (const auto told = parseRetryAfter(answer.retryAfter, attempt.nowMs)) {
        const double spread = 0.1 * m_random(); // after, not at: many clients were told the same moment
        const milliseconds bounded = std::min(*told, m_delays.retryAfterCap);
        decision.delay
            = bounded + milliseconds(static_cast<qint64>(static_cast<double>(bounded.count()) * spread));
    }
    return decision;
}

DeliveryDecision RetryPolicy::waitForOperator(const QByteArray& message) const
{
    const double factor = 1.0 + m_random();
    return {.kind = DeliveryDecision::Kind::RetryLater,
        .delay
        = milliseconds(static_cast<qint64>(static_cast<double>(m_delays.operatorNeeded.count()) * factor)),
        .message = message,
        .isRefusal = true};
}

DeliveryDecision RetryPolicy::refused(
    const DeliveryAnswer& answer, const Attempt& attempt, const QByteArray& message) const
{
    const bool isTooLarge = answer.status == 413;
    if (!isTooLarge && isAboutTheRequest(serverMessage(answer)))
        return waitForOperator(message);
    if (attempt.traces > 1)
        return {.kind = DeliveryDecision::Kind::Split, .message = message, .isTooLarge = isTooLarge};
    if (isTooLarge && attempt.bytes > minShrunkBytes)
        return {.kind = DeliveryDecision::Kind::Shrink, .message = message, .isTooLarge = true};
    return {.kind = DeliveryDecision::Kind::Reject,
        .message = withServerMessage("rejected_" + QByteArray::number(answer.status), answer)};
}
