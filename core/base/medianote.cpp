// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/medianote.h"

#include <QCryptographicHash>

#include <algorithm>

QByteArray mediaNote(QByteArrayView mediaType, const QByteArray& bytes)
{
    return mediaNote(mediaType, bytes.size(), QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
}

QByteArray mediaNote(QByteArrayView mediaType, qsizetype bytes, const QByteArray& sha256)
{
    const QByteArrayView type = mediaType.isEmpty() ? QByteArrayView("base64") : mediaType;
    return "[" + type.toByteArray() + ", " + QByteArray::number(bytes) + " bytes, sha256 " + sha256.toHex()
        + "]";
}

QByteArray mediaNoteOf(const QByteArray& dataUri, QByteArrayView mediaType)
{
    const qsizetype comma = dataUri.indexOf(',');
    const qsizetype typeEnd = dataUri.left(comma < 0 ? dataUri.size() : comma).indexOf(';');
    const QByteArray own = dataUri.sliced(5, std::max<qsizetype>(0, typeEnd - 5));
    const QByteArray base64 = dataUri.sliced(comma + 1);
    const bool isUrlSafe = base64.contains('-') || base64.contains('_');
    return mediaNote(mediaType.isEmpty() ? QByteArrayView(own) : mediaType,
        QByteArray::fromBase64(
            base64, isUrlSafe ? QByteArray::Base64UrlEncoding : QByteArray::Base64Encoding));
}
