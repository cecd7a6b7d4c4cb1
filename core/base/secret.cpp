// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/secret.h"

#include <QDebug>

bool isEqualConstantTime(QByteArrayView a, QByteArrayView b)
{
    // Walks the first argument whatever the second is; a length difference is folded into the result.
    size_t difference = size_t(a.size() ^ b.size());
    for (qsizetype i = 0; i < a.size(); ++i) {
        const char other = b.isEmpty() ? '\0' : b[i % b.size()];
        difference |= static_cast<unsigned char>(a[i] ^ other);
    }
    return difference == 0;
}

bool Secret::matches(QByteArrayView candidate) const
{
    return !m_value.isEmpty() && isEqualConstantTime(candidate, m_value);
}

QDebug operator<<(QDebug debug, const Secret& secret)
{
    const QDebugStateSaver saver(debug);
    debug.noquote() << (secret.isEmpty() ? "(unset)" : "***");
    return debug;
}
