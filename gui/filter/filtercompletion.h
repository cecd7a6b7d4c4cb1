// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterCompletion: what the word at the cursor of the filter line may become: a field, an operator, or a
// value that has been seen. Pure; main thread.

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

class FilterCompletion final
{
    Q_DECLARE_TR_FUNCTIONS(FilterCompletion)

public:
    struct Suggestion
    {
        QString text; // that takes the place of the word
        QString meaning; // for people; may be empty
        bool isWhole = true; // the term is complete: a space follows it

        bool operator==(const Suggestion&) const = default;
    };
    using SeenValues = QHash<QString, QStringList>; // by field

    /// `cursor`: in characters from the text's beginning.
    FilterCompletion(const QString& text, qsizetype cursor, const SeenValues& seen);

    /// Where the word stands that would be replaced; without a - before it.
    [[nodiscard]] qsizetype wordStart() const { return m_start; }
    [[nodiscard]] qsizetype wordLength() const { return m_word.size(); }
    [[nodiscard]] const QString& word() const { return m_word; }
    [[nodiscard]] const QList<Suggestion>& suggestions() const { return m_suggestions; }

private:
    void suggestFields();
    void suggestValues(const QString& fieldName, const QString& typed, const SeenValues& seen);

    qsizetype m_start = 0;
    QString m_word;
    QList<Suggestion> m_suggestions;
};
