// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Secret: a credential that can be compared and sent, and never printed. A value; any thread.

#include <QByteArray>
#include <QByteArrayView>

class QDebug;

/// True when both are equal; the time taken depends on the lengths only.
[[nodiscard]] bool isEqualConstantTime(QByteArrayView a, QByteArrayView b);

class Secret final
{
public:
    Secret() = default;
    explicit Secret(QByteArray value)
        : m_value(std::move(value))
    {
    }

    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    /// Constant-time; an empty secret matches nothing.
    [[nodiscard]] bool matches(QByteArrayView candidate) const;
    /// The bytes, for the wire only: never for a log, a trace or an error.
    [[nodiscard]] const QByteArray& reveal() const { return m_value; }

    bool operator==(const Secret&) const = default;

private:
    QByteArray m_value;
};

/// Prints `***`, or `(unset)`.
QDebug operator<<(QDebug debug, const Secret& secret);
