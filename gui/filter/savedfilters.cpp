// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/filter/savedfilters.h"

#include <QSettings>

#include <algorithm>

namespace {

constexpr qsizetype longestHistory = 50;

QString savedKey()
{
    return QStringLiteral("filter/saved");
}

QString historyKey()
{
    return QStringLiteral("filter/history");
}

} // namespace

SavedFilters::SavedFilters(QObject* parent)
    : QObject(parent)
{
    const QSettings settings;
    const QStringList pairs = settings.value(savedKey()).toStringList();
    for (qsizetype i = 0; i + 1 < pairs.size(); i += 2)
        m_saved.append({pairs[i], pairs[i + 1]});
    m_history = settings.value(historyKey()).toStringList();
}

SavedFilters::~SavedFilters() = default;

bool SavedFilters::isSaved(const QString& expression) const
{
    return std::any_of(m_saved.begin(), m_saved.end(),
        [&expression](const Saved& filter) { return filter.expression == expression; });
}

void SavedFilters::save(const QString& name, const QString& expression)
{
    const QString shown = name.trimmed().isEmpty() ? expression : name.trimmed();
    m_saved.removeIf(
        [&](const Saved& filter) { return filter.name == shown || filter.expression == expression; });
    m_saved.append({shown, expression});
    write();
    Q_EMIT changed();
}

void SavedFilters::remove(const QString& expression)
{
    m_saved.removeIf([&expression](const Saved& filter) { return filter.expression == expression; });
    write();
    Q_EMIT changed();
}

void SavedFilters::remember(const QString& text)
{
    if (text.trimmed().isEmpty())
        return;
    m_history.removeAll(text);
    m_history.append(text);
    while (m_history.size() > longestHistory)
        m_history.removeFirst();
    write();
}

void SavedFilters::write() const
{
    QStringList pairs;
    for (const Saved& filter : m_saved)
        pairs << filter.name << filter.expression;
    QSettings settings;
    settings.setValue(savedKey(), pairs);
    settings.setValue(historyKey(), m_history);
}
