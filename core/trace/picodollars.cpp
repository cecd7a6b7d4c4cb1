// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/picodollars.h"

#include "wire/jsonscanner.h"

#include <QtNumeric>

namespace Picodollars {

namespace {

constexpr int decimals = 12;
constexpr int maxExponent = 40; // far beyond any amount, and small enough to count in

bool isDecimal(char c)
{
    return c >= '0' && c <= '9';
}

/// digits * 10^exponent, rounded half up; nothing when it does not fit.
std::optional<qint64> scaled(const QByteArray& digits, int exponent)
{
    qint64 value = 0;
    const int kept = int(digits.size()) + qMin(exponent, 0);
    for (int i = 0; i < kept; ++i) {
        if (qMulOverflow(value, qint64(10), &value) || qAddOverflow(value, qint64(digits[i] - '0'), &value))
            return std::nullopt;
    }
    const bool roundsUp = kept >= 0 && kept < digits.size() && digits[kept] >= '5';
    if (roundsUp && qAddOverflow(value, qint64(1), &value))
        return std::nullopt;
    for (int i = 0; i < exponent && value != 0; ++i) {
        if (qMulOverflow(value, qint64(10), &value))
            return std::nullopt;
    }
    return value;
}

} // namespace

std::optional<qint64> perToken(QByteArrayView dollarsPerMillion)
{
    const qsizetype point = dollarsPerMillion.indexOf('.');
    const QByteArrayView whole = point < 0 ? dollarsPerMillion : dollarsPerMillion.first(point);
    const QByteArrayView fraction = point < 0 ? QByteArrayView() : dollarsPerMillion.sliced(point + 1);
    if (whole.isEmpty() || whole.size() > 6 || fraction.size() > 6 || (point >= 0 && fraction.isEmpty()))
        return std::nullopt;
    QByteArray digits = whole.toByteArray() + fraction.toByteArray();
    for (const char c : std::as_const(digits)) {
        if (!isDecimal(c))
            return std::nullopt;
    }
    // A millionth of a dollar for a million tokens is a picodollar for one.
    return scaled(digits, int(6 - fraction.size()));
}

std::optional<qint64> fromJsonNumber(QByteArrayView dollars)
{
    if (!JsonScanner::isNumber(dollars) || dollars.startsWith('-'))
        return std::nullopt;
    QByteArray digits;
    int exponent = decimals;
    qsizetype at = 0;
    bool isFraction = false;
    for (; at < dollars.size() && dollars[at] != 'e' && dollars[at] != 'E'; ++at) {
        if (dollars[at] == '.') {
            isFraction = true;
            continue;
        }
        digits.append(dollars[at]);
        exponent -= isFraction ? 1 : 0;
    }
    if (at < dollars.size()) {
        bool isNumber = false;
        const int written = dollars.sliced(at + 1).toByteArray().toInt(&isNumber);
        if (!isNumber || qAbs(written) > maxExponent)
            return std::nullopt;
        exponent += written;
    }
    return scaled(digits, exponent);
}

QByteArray toDollars(qint64 picodollars)
{
    QByteArray digits = QByteArray::number(picodollars).rightJustified(decimals + 1, '0');
    digits.insert(digits.size() - decimals, '.');
    while (digits.endsWith('0'))
        digits.chop(1);
    if (digits.endsWith('.'))
        digits.chop(1);
    return digits;
}

} // namespace Picodollars
