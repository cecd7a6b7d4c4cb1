// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/model/filterparser.h"

#include <QStringMatcher>

namespace {

constexpr int deepestNesting = 50;

bool endsBareWord(QChar c)
{
    return c.isSpace() || c == u'(' || c == u')';
}

QString bracketed(const QString& words, bool needsThem)
{
    return needsThem ? u'(' + words + u')' : words;
}

} // namespace

FilterParser::FilterParser(const QString& text)
    : m_text(text)
    , m_found(std::make_shared<QHash<QString, QSet<QByteArray>>>())
{
    next();
}

Result<CallFilter> FilterParser::parse()
{
    CallFilter filter;
    filter.m_found = m_found;
    if (m_token.kind == Token::Kind::End && !m_hasFailed)
        return filter;
    const auto node = alternatives(0);
    if (node && m_token.kind == Token::Kind::Close)
        (void)fail(tr("There is a ) without its ("), QStringLiteral(")"));
    if (m_hasFailed)
        return m_error;
    filter.m_test = node->test;
    filter.m_words = node->words;
    filter.m_searches = m_searches;
    return filter;
}

std::nullopt_t FilterParser::fail(const QString& message, const QString& subject)
{
    if (!std::exchange(m_hasFailed, true))
        m_error = {ErrorCode::BadRequest, message, subject};
    return std::nullopt;
}

void FilterParser::next()
{
    while (m_at < m_text.size() && m_text[m_at].isSpace())
        ++m_at;
    m_token = {};
    if (m_at >= m_text.size())
        return;
    const qsizetype start = m_at;
    const QChar c = m_text[m_at];
    const bool isLast = m_at + 1 >= m_text.size();
    if (c == u'(' || c == u')') {
        ++m_at;
        m_token.kind = c == u'(' ? Token::Kind::Open : Token::Kind::Close;
    } else if ((c == u'-' || c == u'!') && !isLast && !m_text[m_at + 1].isSpace()) {
        ++m_at;
        m_token.kind = Token::Kind::Not;
    } else {
        m_token.kind = Token::Kind::Term;
        m_token.value = readValue(&m_token.isQuoted);
        if (!m_token.isQuoted && m_token.value == QLatin1String("OR"))
            m_token.kind = Token::Kind::Or;
    }
    m_token.shown = m_text.mid(start, m_at - start);
}

/// A word, a "quoted text", or a field with either behind its colon.
QString FilterParser::readValue(bool* isQuoted)
{
    QString value;
    const auto readUpTo = [this, &value](QChar end) {
        ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != end) {
            if (m_text[m_at] == u'\\' && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == end || (end == u'"' && m_text[m_at + 1] == u'\\')))
                ++m_at;
            value += m_text[m_at++];
        }
        if (m_at >= m_text.size())
            (void)fail(tr("The closing %1 is missing").arg(end), QString(end) + value);
        ++m_at;
    };
    if (m_text[m_at] == u'"') {
        *isQuoted = true;
        readUpTo(u'"');
        return value;
    }
    while (m_at < m_text.size() && !endsBareWord(m_text[m_at])) {
        const QChar c = m_text[m_at];
        if (c == u':' && m_token.field.isEmpty() && FilterFields::find(value)) {
            m_token.field = std::exchange(value, {});
            ++m_at;
            if (m_at < m_text.size() && m_text[m_at] == u'"') {
                *isQuoted = true;
                readUpTo(u'"');
                return value;
            }
            if (m_at < m_text.size() && m_text[m_at] == u'/') {
                readUpTo(u'/');
                return u'/' + value + u'/';
            }
            continue;
        }
        value += c;
        ++m_at;
    }
    return value;
}

std::optional<FilterParser::Node> FilterParser::alternatives(int depth)
{
    auto first = sequence(depth);
    if (!first)
        return std::nullopt;
    std::vector<CallFilter::Test> tests{first->test};
    QStringList words{bracketed(first->words, first->isCompound)};
    while (m_token.kind == Token::Kind::Or) {
        next();
        const auto more = sequence(depth);
        if (!more)
            return std::nullopt;
        tests.push_back(more->test);
        words.append(bracketed(more->words, more->isCompound));
    }
    if (tests.size() == 1)
        return first;
    return Node{[tests](const CallFacts& call) {
                    return std::any_of(tests.begin(), tests.end(),
                        [&call](const CallFilter::Test& test) { return test(call); });
                },
        words.join(tr(" or ")), true};
}

std::optional<FilterParser::Node> FilterParser::sequence(int depth)
{
    std::vector<CallFilter::Test> tests;
    QStringList words;
    std::optional<Node> only;
    while (m_token.kind != Token::Kind::End && m_token.kind != Token::Kind::Close
        && m_token.kind != Token::Kind::Or) {
        only = single(depth);
        if (!only)
            return std::nullopt;
        tests.push_back(only->test);
        words.append(bracketed(only->words, only->isCompound));
    }
    if (tests.empty())
        return fail(tr("Something is missing beside OR, or between brackets"), m_token.shown);
    if (tests.size() == 1)
        return only;
    return Node{[tests](const CallFacts& call) {
                    return std::all_of(tests.begin(), tests.end(),
                        [&call](const CallFilter::Test& test) { return test(call); });
                },
        words.join(tr(" and ")), true};
}

std::optional<FilterParser::Node> FilterParser::single(int depth)
{
    if (m_hasFailed)
        return std::nullopt;
    if (depth > deepestNesting)
        return fail(tr("The brackets are nested too deep"), {});
    if (m_token.kind == Token::Kind::Not) {
        next();
        if (m_token.kind != Token::Kind::Term && m_token.kind != Token::Kind::Open
            && m_token.kind != Token::Kind::Not)
            return fail(tr("Something must follow a -"), {});
        const auto inner = single(depth + 1);
        if (!inner)
            return std::nullopt;
        return Node{[test = inner->test](const CallFacts& call) { return !test(call); },
            tr("not %1").arg(bracketed(inner->words, inner->isCompound)), false};
    }
    if (m_token.kind == Token::Kind::Open) {
        next();
        const auto inner = alternatives(depth + 1);
        if (!inner)
            return std::nullopt;
        if (m_token.kind != Token::Kind::Close)
            return fail(tr("A ) is missing"), {});
        next();
        return inner;
    }
    const Token token = m_token;
    next();
    return m_hasFailed ? std::nullopt : term(token);
}

std::optional<FilterParser::Node> FilterParser::term(const Token& token)
{
    if (token.field.isEmpty()) {
        const qsizetype colon = token.value.indexOf(u':');
        if (!token.isQuoted && colon > 0 && colon < 12 && !token.value.contains(u'/'))
            return fail(tr("There is no field %1").arg(token.value.left(colon)), token.value.left(colon));
        return bareText(token.value);
    }
    const FilterField& field = *FilterFields::find(token.field);
    if (token.value.isEmpty() && !token.isQuoted)
        return fail(tr("%1: wants %2").arg(token.field, FilterFields::example(field.kind)), token.field);
    switch (field.kind) {
    case FilterField::Kind::Text:
        return textTerm(field, token);
    case FilterField::Kind::Word:
        return wordTerm(field, token);
    case FilterField::Kind::Moment:
        return momentTerm(field, token);
    case FilterField::Kind::Search:
        return searchTerm(field, token);
    default:
        return numberTerm(field, token);
    }
}

FilterParser::Node FilterParser::bareText(const QString& text) const
{
    const QStringMatcher matcher(text, Qt::CaseInsensitive);
    return {[matcher](const CallFacts& call) {
                const auto has = [&matcher](const QString& where) { return matcher.indexIn(where) >= 0; };
                return has(call.preview) || has(call.model) || has(call.session) || has(call.error)
                    || has(call.errorText) || has(call.note)
                    || std::any_of(call.tools.begin(), call.tools.end(), has);
            },
        tr("“%1” occurs").arg(text), false};
}
