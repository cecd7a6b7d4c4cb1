// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// RetryPolicy: what to do after an answer of Langfuse, or none (langfuse.md 1a). Knows nothing of sockets or
// timers; its only state is how often in a row it failed. Owned by the DeliveryLoop, telemetry thread.

#include "langfuse/deliveryanswer.h"

#include <chrono>
#include <functional>

struct DeliveryDecision
{
    enum class Kind {
        Delivered,
        RetryLater, // after `delay`; isRefusal says how
        Split, // send the halves: one trace in there is refused (or together they are too large)
        Shrink, // send the one trace again, smaller
        Reject, // the one trace is refused for good; `message` is the reason: `rejected_400: <its words>`
    };

    Kind kind = Kind::Delivered;
    std::chrono::milliseconds delay{0};
    QByteArray message = {}; // what happened and what to do about it; empty when delivered
    bool isTooLarge = false; // with Split: later batches should be smaller
    /// With RetryLater: an answer came and nothing was taken, so that a part of the batch will do to find out
    /// when it is accepted again. Otherwise the batch may have been taken: the same bytes again, all of them.
    bool isRefusal = false;

    bool operator==(const DeliveryDecision&) const = default;
};

class RetryPolicy final
{
public:
    /// Base and caps of the exponential backoff. They are short, so that a recovery is noticed within
    /// seconds, which costs little: an unreachable server gets no bytes, and one that refuses gets one small
    /// trace at a time (see DeliveryDecision::isRefusal). A probe of /api/public/health instead would say
    /// nothing about the keys, the queue and the blob store behind the way in.
    struct Delays
    {
        std::chrono::milliseconds first{500};
        std::chrono::milliseconds unreachableCap{5000};
        std::chrono::milliseconds troubledCap{15000}; // it answers, in trouble: left alone a little longer
        std::chrono::milliseconds operatorNeeded{10000}; // wrong key, wrong URL: that much to twice that
        std::chrono::milliseconds retryAfterCap{3600000};
    };

    /// What was sent.
    struct Attempt
    {
        qsizetype traces = 1;
        qsizetype bytes = 0; // uncompressed
        qint64 nowMs = 0; // since 1970 UTC, for Retry-After dates
    };

    /// `random` gives numbers in [0, 1).
    explicit RetryPolicy(std::function<double()> random);
    RetryPolicy(std::function<double()> random, const Delays& delays);

    [[nodiscard]] DeliveryDecision decide(const DeliveryAnswer& answer, const Attempt& attempt);

    // For answers that their status alone does not decide.
    /// Something was taken: the next failure is the first again.
    void confirm() { m_failures = 0; }
    /// What became of the batch is not known.
    [[nodiscard]] DeliveryDecision undecided(const QByteArray& message);
    /// The server works, but not with these settings.
    [[nodiscard]] DeliveryDecision waitForOperator(const QByteArray& message) const;

    /// A lone trace of at most this size that is still "too large" is rejected.
    static constexpr qsizetype minShrunkBytes = 64 * 1024;

private:
    [[nodiscard]] DeliveryDecision retry(std::chrono::milliseconds cap, const QByteArray& message);
    [[nodiscard]] DeliveryDecision retryAsTold(
        const DeliveryAnswer& answer, const Attempt& attempt, const QByteArray& message);
    [[nodiscard]] DeliveryDecision refused(
        const DeliveryAnswer& answer, const Attempt& attempt, const QByteArray& message) const;

    std::function<double()> m_random;
    Delays m_delays;
    int m_failures = 0;
};

/// The server's own words in an error answer: the `message`, else `error`, of a JSON body, else its plain
/// text; one line, at most 300 bytes.
[[nodiscard]] QByteArray serverMessage(const DeliveryAnswer& answer);
