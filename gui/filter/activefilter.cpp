// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/activefilter.h"

#include <QStringList>

#include <algorithm>

void ActiveFilter::add(const FilterChip& chip)
{
    const auto known = std::find_if(chips.begin(), chips.end(), [&chip](const FilterChip& other) {
        return other.term == chip.term
            || (chip.kind == FilterChip::Kind::Time && other.kind == FilterChip::Kind::Time);
    });
    if (known != chips.end())
        *known = chip;
    else
        chips.append(chip);
}

void ActiveFilter::choose(const FilterChip& chip)
{
    const bool wasAlone
        = chips.contains(chip) && std::count_if(chips.begin(), chips.end(), [&chip](const FilterChip& other) {
              return other.kind == chip.kind;
          }) == 1;
    chips.removeIf([&chip](const FilterChip& other) { return other.kind == chip.kind; });
    if (!wasAlone)
        chips.append(chip);
}

void ActiveFilter::remove(const QString& term)
{
    chips.removeIf([&term](const FilterChip& chip) { return chip.term == term; });
}

bool ActiveFilter::has(const QString& term) const
{
    return std::any_of(
        chips.begin(), chips.end(), [&term](const FilterChip& chip) { return chip.term == term; });
}

QString ActiveFilter::expression() const
{
    QStringList parts;
    if (const QString typed = text.trimmed(); !typed.isEmpty()) {
        const bool needsBrackets = typed.contains(QLatin1String(" OR ")) && !chips.isEmpty();
        parts.append(needsBrackets ? u'(' + typed + u')' : typed);
    }
    QStringList fields;
    for (const FilterChip& chip : chips) {
        if (!chip.isExcluded && !fields.contains(chip.field))
            fields.append(chip.field);
    }
    for (const QString& field : fields) {
        QStringList alternatives;
        for (const FilterChip& chip : chips) {
            if (!chip.isExcluded && chip.field == field)
                alternatives.append(chip.term);
        }
        const QString joined = alternatives.join(QLatin1String(" OR "));
        parts.append(alternatives.size() > 1 ? u'(' + joined + u')' : joined);
    }
    for (const FilterChip& chip : chips) {
        if (chip.isExcluded)
            parts.append(u'-' + chip.term);
    }
    return parts.join(u' ');
}
