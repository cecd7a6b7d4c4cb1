// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "live/boundednames.h"

#include "trace/plaintext.h"

QByteArray BoundedNames::name(const QByteArray& name, bool mayTakePlace)
{
    constexpr qsizetype maxNameBytes = 128;
    if (name.isEmpty())
        return "unknown";
    const QByteArray shortened = PlainText::cutAtCharacter(name, maxNameBytes);
    if (m_names.contains(shortened))
        return shortened;
    if (!mayTakePlace || m_names.size() >= m_maxNames)
        return "other";
    m_names.insert(shortened);
    return shortened;
}
