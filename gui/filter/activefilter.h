// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ActiveFilter: what is asked for at the moment: the text of the filter line and the chips beside it, which
// are terms that a click has made. Together they are one expression of the filter language. A value of the
// main thread.
//
//     text "ttft:>1s", chips model:opus, model:gpt and not provider:gemini:
//     ttft:>1s (model:opus OR model:gpt) -provider:gemini

#include <QList>
#include <QString>

struct FilterChip
{
    enum class Kind {
        Group, // of the sidebar: a click there replaces the others of its kind
        Cell, // of the list's menu
        Quick, // of a button, which shows by itself that it is on
        Time, // of the overview: there is one at most
    };

    Kind kind = Kind::Group;
    QString field; // included chips of one field are alternatives
    QString term; // "model:opus"
    QString label; // for people; empty: the term
    bool isExcluded = false;

    [[nodiscard]] QString shown() const { return label.isEmpty() ? term : label; }
    bool operator==(const FilterChip&) const = default;
};

struct ActiveFilter
{
    QString text;
    QList<FilterChip> chips;

    /// Adds it; a chip of the same term is replaced, whether it was included or excluded.
    void add(const FilterChip& chip);
    /// Takes away other chips of its kind, then adds it. A chip that is alone already is taken away: the
    /// second click on a group shows all again.
    void choose(const FilterChip& chip);
    void remove(const QString& term);
    [[nodiscard]] bool has(const QString& term) const;
    [[nodiscard]] bool isEmpty() const { return text.trimmed().isEmpty() && chips.isEmpty(); }

    /// In the filter language; empty: all calls.
    [[nodiscard]] QString expression() const;

    bool operator==(const ActiveFilter&) const = default;
};
