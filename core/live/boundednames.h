// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BoundedNames: which names get series of their own. Names of models come from requests, and whoever may call
// could otherwise fill the memory of this process and of the Prometheus behind it. A value; telemetry thread.

#include <QByteArray>
#include <QSet>

class BoundedNames final
{
public:
    explicit BoundedNames(qsizetype maxNames)
        : m_maxNames(maxNames)
    {
    }

    /// The name, cut to 128 bytes, or `other` when it has no place of its own; with `mayTakePlace` it takes
    /// one while there are some. Empty: `unknown`.
    [[nodiscard]] QByteArray name(const QByteArray& name, bool mayTakePlace);

private:
    qsizetype m_maxNames;
    QSet<QByteArray> m_names;
};
