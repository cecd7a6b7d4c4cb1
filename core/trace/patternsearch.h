// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// PatternSearch: users' regular expressions (REDACT_PATTERNS) with a bound on what they may cost. PCRE2 gives
// up after a number of steps from one place on, and a text is searched in windows, so that the time is looked
// at often; a match may still be of any length. Pure; used by TextRedaction.

#include "base/processortime.h"
#include "base/result.h"

#include <QRegularExpression>

#include <optional>

namespace PatternSearch {

/// Expressions with white space between (inside of one write `\s` or `\x20`). InvalidConfig: the message
/// quotes the expression and says what is wrong at which character; one that matches the empty text is
/// refused too.
[[nodiscard]] Result<QList<QRegularExpression>> parseList(QByteArrayView text);

/// The text with each match replaced; null QString when nothing matched. Nothing when the search was given
/// up: too many steps from one place on, or the budget.
[[nodiscard]] std::optional<QString> replaceAll(const QString& text, const QRegularExpression& expression,
    const QString& replacement, const ProcessorTimeBudget& budget);

} // namespace PatternSearch
