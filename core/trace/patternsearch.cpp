// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/patternsearch.h"

namespace PatternSearch {

namespace {

constexpr char stepLimit[] = "(*LIMIT_MATCH=20000)"; // of PCRE2, from one place on (pcre2pattern(3))
constexpr qsizetype windowCharacters = 2048; // places that are tried without a look at the time

using Match = QRegularExpressionMatch;

constexpr auto unchecked
    = QRegularExpression::DontCheckSubjectStringMatchOption; // QString::fromUtf8() made it

Match match(const QRegularExpression& expression, QStringView text, qsizetype at,
    QRegularExpression::MatchType type, QRegularExpression::MatchOptions options)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return expression.matchView(text, at, type, options);
#else
    return expression.match(text, at, type, options);
#endif
}

/// The first match that begins at `at` or later, before `end`; what could go on behind `end` is tried on the
/// whole text. `next` is where to go on when there is none.
Match matchInWindow(
    const QRegularExpression& expression, QStringView text, qsizetype at, qsizetype end, qsizetype* next)
{
    const bool isLast = end == text.size();
    const Match found = match(expression, text.first(end), at,
        isLast ? QRegularExpression::NormalMatch : QRegularExpression::PartialPreferFirstMatch, unchecked);
    *next = end;
    if (!found.hasPartialMatch())
        return found;
    // With a look behind it is said to begin where that looked.
    const qsizetype start = qMax(found.capturedStart(), at);
    *next = start + 1;
    return match(expression, text, start, QRegularExpression::NormalMatch,
        unchecked | QRegularExpression::AnchorAtOffsetMatchOption);
}

/// Not between the halves of a character.
qsizetype aligned(QStringView text, qsizetype at)
{
    return at < text.size() && at > 0 && text[at].isLowSurrogate() ? at + 1 : at;
}

} // namespace

Result<QList<QRegularExpression>> parseList(QByteArrayView text)
{
    QList<QRegularExpression> expressions;
    const QStringList words
        = QString::fromUtf8(text).split(QRegularExpression(QStringLiteral("\\s+")), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const QRegularExpression plain(word, QRegularExpression::UseUnicodePropertiesOption);
        if (!plain.isValid()) {
            return Error{ErrorCode::InvalidConfig,
                QStringLiteral("\"%1\" is not a regular expression: %2 at character %3")
                    .arg(word, plain.errorString())
                    .arg(plain.patternErrorOffset() + 1),
                {}};
        }
        if (plain.match(QString()).hasMatch()) {
            return Error{
                ErrorCode::InvalidConfig, QStringLiteral("\"%1\" matches the empty text").arg(word), {}};
        }
        expressions.append(QRegularExpression(
            QLatin1String(stepLimit) + word, QRegularExpression::UseUnicodePropertiesOption));
    }
    return expressions;
}

std::optional<QString> replaceAll(const QString& text, const QRegularExpression& expression,
    const QString& replacement, const ProcessorTimeBudget& budget)
{
    const QStringView view(text);
    QString result;
    qsizetype copied = 0;
    qsizetype at = 0;
    while (at < view.size()) {
        if (budget.isSpent())
            return std::nullopt;
        const qsizetype end = aligned(view, qMin(view.size(), at + windowCharacters));
        qsizetype next = end;
        const Match found = matchInWindow(expression, view, at, end, &next);
        if (!found.isValid())
            return std::nullopt;
        if (found.hasMatch() && found.capturedLength() > 0) {
            result += view.sliced(copied, found.capturedStart() - copied);
            result += replacement;
            copied = found.capturedEnd();
            next = copied;
        } else if (found.hasMatch()) {
            next = found.capturedEnd() + 1; // an empty match, by a look around
        }
        at = aligned(view, next);
    }
    if (copied == 0)
        return QString();
    return result += view.sliced(copied);
}

} // namespace PatternSearch
