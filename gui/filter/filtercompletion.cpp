// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/filtercompletion.h"

#include "gui/model/callfilter.h"
#include "gui/model/filterfields.h"

namespace {

constexpr qsizetype mostSuggestions = 30;

/// Of the word in which `cursor` stands: after the last space or bracket outside quotes.
qsizetype startOfWord(const QString& text, qsizetype cursor)
{
    qsizetype start = 0;
    bool isQuoted = false;
    for (qsizetype i = 0; i < cursor; ++i) {
        const QChar c = text[i];
        if (c == u'"')
            isQuoted = !isQuoted;
        else if (!isQuoted && (c.isSpace() || c == u'(' || c == u')'))
            start = i + 1;
    }
    return start;
}

/// What a field's numbers are compared with, as examples.
QStringList examplesOf(FilterField::Kind kind)
{
    using Kind = FilterField::Kind;
    switch (kind) {
    case Kind::Duration:
        return {QStringLiteral(">1s"), QStringLiteral("<500ms"), QStringLiteral("1s..5s")};
    case Kind::Count:
        return {QStringLiteral(">1k"), QStringLiteral("<100"), QStringLiteral("1k..50k")};
    case Kind::Money:
        return {QStringLiteral(">$0.10"), QStringLiteral("<$0.01")};
    case Kind::Percent:
        return {QStringLiteral("<50%"), QStringLiteral(">=80%"), QStringLiteral("0")};
    case Kind::Status:
        return {QStringLiteral(">=400"), QStringLiteral("4xx"), QStringLiteral("5xx")};
    case Kind::Moment:
        return {QStringLiteral("5m"), QStringLiteral("1h"), QStringLiteral("24h")};
    default:
        return {};
    }
}

} // namespace

FilterCompletion::FilterCompletion(const QString& text, qsizetype cursor, const SeenValues& seen)
{
    cursor = std::clamp<qsizetype>(cursor, 0, text.size());
    m_start = startOfWord(text, cursor);
    while (m_start < cursor && (text[m_start] == u'-' || text[m_start] == u'!'))
        ++m_start;
    m_word = text.mid(m_start, cursor - m_start);
    const qsizetype colon = m_word.indexOf(u':');
    if (colon < 0)
        suggestFields();
    else
        suggestValues(m_word.left(colon), m_word.sliced(colon + 1), seen);
}

void FilterCompletion::suggestFields()
{
    QList<Suggestion> inside;
    for (const FilterField& field : FilterFields::all()) {
        const QString name = field.name;
        const Suggestion suggestion{name + u':', field.title, false};
        if (name.startsWith(m_word, Qt::CaseInsensitive))
            m_suggestions.append(suggestion);
        else if (field.title.contains(m_word, Qt::CaseInsensitive))
            inside.append(suggestion);
    }
    m_suggestions += inside;
}

void FilterCompletion::suggestValues(const QString& fieldName, const QString& typed, const SeenValues& seen)
{
    const FilterField* field = FilterFields::find(fieldName);
    if (!field)
        return;
    QString wanted = typed;
    wanted.remove(u'"');
    const auto suggest = [this, &fieldName, &wanted](const QString& value, const QString& meaning) {
        const QString term = CallFilter::term(fieldName, value);
        const bool isTyped = term.compare(m_word, Qt::CaseInsensitive) == 0;
        if (value.contains(wanted, Qt::CaseInsensitive) && !isTyped && m_suggestions.size() < mostSuggestions)
            m_suggestions.append({term, meaning, true});
    };
    for (const QString& word : field->words)
        suggest(word, {});
    for (const QString& value : seen.value(field->name))
        suggest(value, {});
    for (const QString& example : examplesOf(field->kind)) {
        if (example.startsWith(wanted))
            m_suggestions.append({fieldName + u':' + example, tr("for example"), true});
    }
    if (wanted.isEmpty() && field->words.isEmpty() && field->kind != FilterField::Kind::Search
        && field->kind != FilterField::Kind::Moment)
        m_suggestions.append({fieldName + QStringLiteral(":*"), tr("has any"), true});
}
