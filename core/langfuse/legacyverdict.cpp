// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/legacyverdict.h"

#include "langfuse/legacyoutcomes.h"

#include <algorithm>

namespace {

constexpr int maxFailures = 8;

QByteArray withMessage(const QByteArray& text, const LegacyOutcome& outcome)
{
    return outcome.message.isEmpty() ? text : text + ": " + outcome.message;
}

} // namespace

LegacyVerdict LegacyVerdict::of(const TraceBatch& batch, const QByteArray& answer, Failures* failures)
{
    using Kind = LegacyOutcome::Kind;
    QList<QByteArray> spanIds;
    for (const BatchItem& item : batch)
        spanIds.append(item.span.spanId);
    const LegacyOutcomes outcomes = LegacyOutcomes::of(answer, spanIds);
    LegacyVerdict verdict{.isUnderstood = outcomes.isUnderstood, .isClosed = outcomes.isClosed};
    verdict.message = "Langfuse did not say which traces it took";
    if (!verdict.isUnderstood || verdict.isClosed)
        return verdict;
    const bool takesOthers = std::any_of(outcomes.traces.cbegin(), outcomes.traces.cend(),
        [](const LegacyOutcome& outcome) { return outcome.kind == Kind::Accepted; });
    for (qsizetype i = 0; i < batch.size(); ++i) {
        const BatchItem& item = batch[i];
        const LegacyOutcome& outcome = outcomes.traces[i];
        const QByteArray number = QByteArray::number(outcome.status);
        const int failed = outcome.kind == Kind::Undecided ? failures->value(item.row) + 1 : 0;
        if (outcome.kind == Kind::Accepted)
            verdict.delivered.append(item.row);
        else if (outcome.kind == Kind::Refused || (takesOthers && failed >= maxFailures))
            verdict.rejected.append({item, withMessage("rejected_" + number, outcome)});
        else
            verdict.undecided.append(item.row);
        if (!verdict.undecided.endsWith(item.row)) {
            failures->remove(item.row);
            continue;
        }
        failures->insert(item.row, failed);
        if (outcome.status > 0)
            verdict.message = withMessage("Langfuse could not take a trace (" + number + ")", outcome);
    }
    return verdict;
}
