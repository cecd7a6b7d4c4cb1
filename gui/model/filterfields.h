// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FilterFields: the fields that a filter can ask for, each with how its value is read and what it means. Used
// by the CallFilter and by the completion of the filter bar. Stateless; main thread.

#include "gui/model/callfacts.h"

#include <QCoreApplication>

#include <functional>

struct FilterField
{
    enum class Kind {
        Text, // contains, whatever the case
        Count, // 1200, 50k, 1.5M
        Duration, // 2s, 300ms, 1.5m; bare numbers are seconds
        Money, // $0.10
        Percent, // 80, 80%
        Status, // 429, 4xx
        Word, // one of `words`
        Moment, // 10:42, 10:42:30, 2026-11-24, 15m (ago)
        Search, // words in the bodies, which the source looks up
    };

    QLatin1String name;
    Kind kind = Kind::Text;
    QString title; // for people: "time to first token"
    QStringList words; // of Word
    std::function<QString(const CallFacts&)> text; // of Text
    std::function<std::optional<double>(const CallFacts&)> number; // of numbers; durations in microseconds
    std::function<bool(const CallFacts&, const QString& word)> isWord; // of Word
};

class FilterFields final
{
    Q_DECLARE_TR_FUNCTIONS(FilterFields)

public:
    [[nodiscard]] static const QList<FilterField>& all();
    /// Nothing: there is no such field.
    [[nodiscard]] static const FilterField* find(QStringView name);

    /// The number that the text means for that kind; nothing when it means none.
    [[nodiscard]] static std::optional<double> readNumber(FilterField::Kind kind, QStringView text);
    /// What the kind's values look like, for messages.
    [[nodiscard]] static QString example(FilterField::Kind kind);
};
