// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/sampling.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <cmath>

namespace Sampling {

bool isDelivered(const TraceRecord& record, double rate)
{
    if (rate >= 1 || record.isError())
        return true;
    const QByteArray hash = QCryptographicHash::hash(record.attribution.traceId, QCryptographicHash::Sha256);
    // 32 bits are finer than any rate somebody means, and exact in a double.
    return qFromBigEndian<quint32>(hash.constData()) < rate * std::ldexp(1.0, 32);
}

} // namespace Sampling
