// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallText: numbers and states of calls in words, in the language of the user. Stateless; main thread.

#include "gui/model/callfacts.h"

#include <QCoreApplication>

class CallText final
{
    Q_DECLARE_TR_FUNCTIONS(CallText)

public:
    /// What stands where nothing is known.
    [[nodiscard]] static QString nothing() { return QStringLiteral("–"); }

    /// 420ms, 1.42s, 12.3s, 2m 05s
    [[nodiscard]] static QString duration(qint64 microseconds);
    /// 998, 1.4k, 48.2k, 612k, 1.2M
    [[nodiscard]] static QString count(qint64 number);
    /// $0.0070, $0.041, $2.41
    [[nodiscard]] static QString cost(double usd);
    /// 92%
    [[nodiscard]] static QString percent(double percent);
    /// 10:42:36, of the user's zone
    [[nodiscard]] static QString time(qint64 microseconds);
    /// The same with the date and milliseconds.
    [[nodiscard]] static QString moment(qint64 microseconds);

    [[nodiscard]] static QString state(CallFacts::State state);
    [[nodiscard]] static QString delivery(CallFacts::Delivery delivery);
    /// ANT, OAI, GEM; of others the first three letters.
    [[nodiscard]] static QString providerMark(const QString& provider);

    /// What the call is about: the new message, or the error in the provider's words.
    [[nodiscard]] static QString subject(const CallFacts& facts);
    /// Whether it went well, in a sentence: "200, streamed", "429 rate_limit_error: retry after 12s".
    [[nodiscard]] static QString outcome(const CallFacts& facts);
    /// Why there are no token counts; empty when there are.
    [[nodiscard]] static QString whyNoUsage(const CallFacts& facts);
};
