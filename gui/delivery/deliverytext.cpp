// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/delivery/deliverytext.h"

#include "gui/model/calltext.h"

#include <QHash>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace {

constexpr qint64 deliverySecondUs = 1'000'000;

} // namespace

QString DeliveryText::span(qint64 microseconds)
{
    const qint64 seconds = std::max<qint64>(0, microseconds / deliverySecondUs);
    if (seconds < 120)
        return tr("%1 s").arg(seconds);
    if (seconds < 2 * 3600)
        return tr("%1 min").arg(seconds / 60);
    return seconds < 2 * 86'400 ? tr("%1 h").arg(seconds / 3600) : tr("%1 d").arg(seconds / 86'400);
}

QString DeliveryText::heading(const DeliveryFacts& facts)
{
    if (!facts.isKnown)
        return tr("Nothing is known of the delivery yet");
    if (!facts.isEnabled)
        return tr("Delivery to Langfuse is off: traces stay where they are recorded");
    if (facts.failures > 0)
        return tr("%n attempt(s) in a row have failed", nullptr, facts.failures);
    if (!facts.lastError.isEmpty())
        return tr("Langfuse has refused a trace");
    return facts.lastSuccessUs > 0 ? tr("Langfuse accepts traces")
                                   : tr("Nothing has been sent since the proxy runs");
}

QString DeliveryText::detail(const DeliveryFacts& facts, qint64 nowUs)
{
    QStringList sentences;
    if (!facts.isEnabled)
        return {};
    if (!facts.lastError.isEmpty())
        sentences.append(facts.lastError.endsWith(u'.') ? facts.lastError : facts.lastError + u'.');
    if (facts.failures > 0 && facts.nextAttemptUs > nowUs)
        sentences.append(tr("Next try in %1.").arg(span(facts.nextAttemptUs - nowUs)));
    else if (facts.failures > 0)
        sentences.append(tr("It is being tried again now."));
    if (facts.lastSuccessUs > 0)
        sentences.append(tr("Last accepted %1 ago.").arg(span(nowUs - facts.lastSuccessUs)));
    if (facts.oldestPendingAgeMs >= 0 && facts.failures > 0)
        sentences.append(tr("The oldest trace waits for %1.").arg(span(facts.oldestPendingAgeMs * 1000)));
    return sentences.join(u' ');
}

QString DeliveryText::balance(const DeliveryFacts& facts)
{
    if (!facts.isKnown)
        return {};
    const QLocale locale;
    const auto number = [&locale](const LedgerCount& count) { return locale.toString(count.traces); };
    if (facts.addsUp()) {
        return tr(
            "It adds up: %1 captured = %2 accepted + %3 pending + %4 on the way + %5 rejected + %6 dropped"
            " + %7 not to be sent.")
            .arg(number(facts.captured), number(facts.delivered), number(facts.pending),
                number(facts.delivering), number(facts.rejected), number(facts.dropped),
                number(facts.disabled));
    }
    const qint64 sum = facts.delivered.traces + facts.pending.traces + facts.delivering.traces
        + facts.rejected.traces + facts.dropped.traces + facts.disabled.traces;
    return tr("It does not add up: %1 captured, and %2 of which the end is known. Please report this.")
        .arg(number(facts.captured), locale.toString(sum));
}

QString DeliveryText::kind(LedgerReason::Kind kind)
{
    switch (kind) {
    case LedgerReason::Kind::Rejected:
        return tr("Rejected");
    case LedgerReason::Kind::Dropped:
        return tr("Dropped");
    case LedgerReason::Kind::Evicted:
        break;
    }
    return tr("Deleted");
}

QString DeliveryText::meaning(const LedgerReason& reason)
{
    static const QHash<QString, const char*> meanings{
        {QStringLiteral("queue_full"), QT_TR_NOOP("the telemetry could not keep up with the calls")},
        {QStringLiteral("store_full"), QT_TR_NOOP("the database could not be written: the disk is full")},
        {QStringLiteral("store_error"), QT_TR_NOOP("the database could not be written")},
        {QStringLiteral("too_large"), QT_TR_NOOP("too large even without its content")},
        {QStringLiteral("duplicate_id"), QT_TR_NOOP("a trace with that id is stored already")},
        {QStringLiteral("store_damaged"), QT_TR_NOOP("in a damaged database that was set aside")},
        {QStringLiteral("evicted_bytes"), QT_TR_NOOP("to make room: STORE_MAX_BYTES")},
        {QStringLiteral("evicted_age"), QT_TR_NOOP("too old: STORE_MAX_AGE")},
        {QStringLiteral("deleted"), QT_TR_NOOP("by a user")},
        {QStringLiteral("damaged"), QT_TR_NOOP("could not be read from the database any more")},
    };
    if (const char* text = meanings.value(reason.word))
        return tr(text);
    if (reason.word.startsWith(QLatin1String("rejected_")))
        return tr("Langfuse answered %1").arg(reason.word.mid(9));
    return reason.word;
}
