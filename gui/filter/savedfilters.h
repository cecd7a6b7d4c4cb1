// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SavedFilters: filters with names, and the last ones that were used; both outlive the program in its
// settings. Main thread, owned by the window.

#include <QObject>
#include <QStringList>

class SavedFilters final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(SavedFilters)

public:
    struct Saved
    {
        QString name;
        QString expression;

        bool operator==(const Saved&) const = default;
    };

    explicit SavedFilters(QObject* parent = nullptr);
    ~SavedFilters() override;

    [[nodiscard]] const QList<Saved>& saved() const { return m_saved; }
    [[nodiscard]] bool isSaved(const QString& expression) const;
    /// Under that name; an empty one is the expression itself. A filter of that name or expression is
    /// replaced.
    void save(const QString& name, const QString& expression);
    void remove(const QString& expression);

    /// The newest last.
    [[nodiscard]] const QStringList& history() const { return m_history; }
    void remember(const QString& text);

Q_SIGNALS:
    void changed();

private:
    void write() const;

    QList<Saved> m_saved;
    QStringList m_history;
};
