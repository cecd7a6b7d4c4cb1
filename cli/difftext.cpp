// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/difftext.h"

#include "app/calldiff.h"
#include "cli/terminaltext.h"

#include <algorithm>

namespace {

constexpr qsizetype shownAround = 60; // bytes before the first difference of a long text
constexpr qsizetype maxShown = 400;

/// From the first difference on, with a little before it.
QByteArray excerpt(const QByteArray& text, qsizetype from)
{
    const qsizetype start = std::max<qsizetype>(0, from - shownAround);
    QByteArray shown = (start > 0 ? QByteArray("...") : QByteArray()) + text.mid(start, maxShown);
    return shown + (start + maxShown < text.size() ? "..." : "");
}

} // namespace

QByteArray diffText(const CallDiff& diff, bool hasColours)
{
    const auto coloured = [hasColours](const char* escape, const QByteArray& line) {
        return hasColours ? escape + line + "\x1b[0m" : line;
    };
    QByteArray out;
    for (const CallDiff::Item& item : diff.items) {
        out += terminalSafe(item.name) + ": " + CallDiff::kindWord(item.kind) + '\n';
        const auto [left, right]
            = std::mismatch(item.before.begin(), item.before.end(), item.after.begin(), item.after.end());
        const qsizetype from = item.kind == CallDiff::Kind::Changed ? left - item.before.begin() : 0;
        Q_UNUSED(right)
        for (const QByteArray& line : terminalSafeLines(excerpt(item.before, from)).split('\n')) {
            if (!item.before.isEmpty())
                out += coloured("\x1b[31m", "  - " + line) + '\n';
        }
        for (const QByteArray& line : terminalSafeLines(excerpt(item.after, from)).split('\n')) {
            if (!item.after.isEmpty())
                out += coloured("\x1b[32m", "  + " + line) + '\n';
        }
    }
    out += QByteArray::number(diff.sharedMessages) + (diff.sharedMessages == 1 ? " message" : " messages")
        + " at the front are the same. ";
    return out
        + (diff.isCacheWhole
                ? "The prompt cache serves the whole first request.\n"
                : "The prompt cache serves the front up to " + terminalSafe(diff.breaksAt) + ".\n");
}
