// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/ids.h"

#include <QCryptographicHash>
#include <QUuid>

namespace Ids {

namespace {

QByteArray sha256Hex(QByteArrayView text)
{
    return QCryptographicHash::hash(text.toByteArray(), QCryptographicHash::Sha256).toHex();
}

} // namespace

QByteArray newUuid()
{
    return QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
}

QByteArray traceIdFor(QByteArrayView requestId)
{
    QByteArray compact = requestId.toByteArray().toLower();
    const bool isDashed = compact.size() == 36 && compact[8] == '-' && compact[13] == '-'
        && compact[18] == '-' && compact[23] == '-';
    if (isDashed)
        compact.replace("-", "");
    return isHexId(compact, 32) ? compact : sha256Hex(requestId).left(32);
}

QByteArray spanIdFor(QByteArrayView seed)
{
    return sha256Hex(seed).left(16);
}

bool isHexId(QByteArrayView text, qsizetype length)
{
    if (text.size() != length)
        return false;
    bool hasNonZero = false;
    for (char c : text) {
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
            return false;
        hasNonZero = hasNonZero || c != '0';
    }
    return hasNonZero;
}

} // namespace Ids
