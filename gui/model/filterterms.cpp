// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The FilterParser's terms: what field:value means for each kind of field.

#include "gui/model/filterparser.h"

#include <QDateTime>
#include <QRegularExpression>
#include <QStringMatcher>

#include <cmath>
#include <limits>

namespace {

constexpr double noLimit = std::numeric_limits<double>::infinity();

/// The text without `begin`, when it begins so.
std::optional<QString> behind(const QString& text, const char* begin)
{
    const QLatin1String word(begin);
    return text.startsWith(word) ? std::optional<QString>(text.sliced(word.size())) : std::nullopt;
}

/// Microseconds since 1970; a time of day is today's.
std::optional<qint64> readMoment(const QString& text)
{
    if (const QTime time = QTime::fromString(text, QStringLiteral("H:mm")); time.isValid())
        return QDateTime(QDate::currentDate(), time).toMSecsSinceEpoch() * 1000;
    if (const QTime time = QTime::fromString(text, QStringLiteral("H:mm:ss")); time.isValid())
        return QDateTime(QDate::currentDate(), time).toMSecsSinceEpoch() * 1000;
    if (const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs); moment.isValid())
        return moment.toMSecsSinceEpoch() * 1000;
    return std::nullopt;
}

} // namespace

std::optional<FilterParser::Node> FilterParser::textTerm(const FilterField& field, const Token& token)
{
    const QString& value = token.value;
    const auto& text = field.text;
    if (!token.isQuoted && value == QLatin1String("*"))
        return Node{[text](const CallFacts& call) { return !text(call).isEmpty(); },
            tr("there is a value of %1").arg(field.title), false};
    if (!token.isQuoted && value.size() > 1 && value.startsWith(u'/') && value.endsWith(u'/')) {
        const QRegularExpression expression(
            value.sliced(1, value.size() - 2), QRegularExpression::CaseInsensitiveOption);
        if (!expression.isValid())
            return fail(tr("%1 is no regular expression: %2").arg(value, expression.errorString()), value);
        return Node{
            [text, expression](const CallFacts& call) { return expression.match(text(call)).hasMatch(); },
            tr("%1 fits %2").arg(field.title, value), false};
    }
    if (const auto exact = behind(value, "="); exact && !token.isQuoted) {
        return Node{[text, exact = *exact](const CallFacts& call) {
                        for (const QString& one : text(call).split(u'\n')) {
                            if (one.compare(exact, Qt::CaseInsensitive) == 0)
                                return true;
                        }
                        return false;
                    },
            tr("%1 is %2").arg(field.title, *exact), false};
    }
    const QStringMatcher matcher(value, Qt::CaseInsensitive);
    return Node{[text, matcher](const CallFacts& call) { return matcher.indexIn(text(call)) >= 0; },
        tr("%1 contains %2").arg(field.title, value), false};
}

std::optional<FilterParser::Node> FilterParser::numberTerm(const FilterField& field, const Token& token)
{
    const QString& value = token.value;
    const auto& number = field.number;
    if (value == QLatin1String("*"))
        return Node{[number](const CallFacts& call) { return number(call).has_value(); },
            tr("%1 is known").arg(field.title), false};
    double least = -noLimit;
    double most = noLimit;
    QString words;
    const auto read = [&field](const QString& text) { return FilterFields::readNumber(field.kind, text); };
    const auto wrong
        = [&] { return fail(tr("%1: wants %2").arg(token.field, FilterFields::example(field.kind)), value); };
    const auto limit = [&](const QString& text, double* end, bool isOpen, const QString& how) {
        const auto bound = read(text);
        if (!bound)
            return false;
        *end = isOpen ? std::nextafter(*bound, end == &least ? noLimit : -noLimit) : *bound;
        words = how.arg(field.title, text);
        return true;
    };
    bool isGood = false;
    if (const auto text = behind(value, ">=")) {
        isGood = limit(*text, &least, false, tr("%1 at least %2"));
    } else if (const auto above = behind(value, ">")) {
        isGood = limit(*above, &least, true, tr("%1 over %2"));
    } else if (const auto upTo = behind(value, "<=")) {
        isGood = limit(*upTo, &most, false, tr("%1 at most %2"));
    } else if (const auto below = behind(value, "<")) {
        isGood = limit(*below, &most, true, tr("%1 under %2"));
    } else if (const qsizetype dots = value.indexOf(QLatin1String("..")); dots >= 0) {
        const auto from = read(value.left(dots));
        const auto to = read(value.sliced(dots + 2));
        isGood = from && to && *from <= *to;
        least = from.value_or(0);
        most = to.value_or(0);
        words = tr("%1 from %2 to %3").arg(field.title, value.left(dots), value.sliced(dots + 2));
    } else if (field.kind == FilterField::Kind::Status && value.size() == 3
        && value.endsWith(QLatin1String("xx"), Qt::CaseInsensitive) && value[0].isDigit()) {
        isGood = true;
        least = value[0].digitValue() * 100;
        most = least + 99;
        words = tr("%1 is %2").arg(field.title, value);
    } else {
        const QString plain = behind(value, "=").value_or(value);
        isGood = limit(plain, &least, false, tr("%1 is %2"));
        most = least;
    }
    if (!isGood)
        return wrong();
    return Node{[number, least, most](const CallFacts& call) {
                    const auto known = number(call);
                    return known && *known >= least && *known <= most;
                },
        words, false};
}

std::optional<FilterParser::Node> FilterParser::wordTerm(const FilterField& field, const Token& token)
{
    QString word = token.value.toLower();
    // error: asks for the state too; image:, stream: and marked: also take the usual other words.
    if (field.words.contains(QLatin1String("yes"))) {
        if (word == QLatin1String("true") || word == QLatin1String("*") || word == QLatin1String("1"))
            word = QStringLiteral("yes");
        if (word == QLatin1String("false") || word == QLatin1String("0"))
            word = QStringLiteral("no");
    }
    if (!field.words.contains(word))
        return fail(
            tr("%1: is one of %2").arg(token.field, field.words.join(QStringLiteral(", "))), token.value);
    return Node{[is = field.isWord, word](const CallFacts& call) { return is(call, word); },
        tr("%1 is %2").arg(field.title, word), false};
}

std::optional<FilterParser::Node> FilterParser::momentTerm(const FilterField& field, const Token& token)
{
    const bool isSince = field.name == QLatin1String("since");
    const QString words = tr("%1 %2").arg(field.title, token.value);
    if (const auto moment = readMoment(token.value)) {
        return Node{[isSince, moment = *moment](const CallFacts& call) {
                        return isSince ? call.startedAtUs >= moment : call.startedAtUs <= moment;
                    },
            words, false};
    }
    const auto ago = FilterFields::readNumber(FilterField::Kind::Duration, token.value);
    if (!ago || !token.value.back().isLetter())
        return fail(tr("%1: wants %2").arg(token.field, FilterFields::example(field.kind)), token.value);
    return Node{[isSince, ago = qint64(*ago)](const CallFacts& call) {
                    const qint64 moment = QDateTime::currentMSecsSinceEpoch() * 1000 - ago;
                    return isSince ? call.startedAtUs >= moment : call.startedAtUs <= moment;
                },
        tr("%1 ago").arg(words), false};
}

FilterParser::Node FilterParser::searchTerm(const FilterField& field, const Token& token)
{
    if (!m_searches.contains(token.value))
        m_searches.append(token.value);
    return {[found = m_found, words = token.value](const CallFacts& call) {
                const auto ids = found->constFind(words);
                return ids != found->constEnd() && ids->contains(call.id);
            },
        tr("%1 has the words %2").arg(field.title, token.value), false};
}
