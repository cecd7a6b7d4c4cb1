// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/eventmedia.h"

#include "langfuse/mediatype.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

EventMedia::EventMedia(StoredMedia stored)
    : m_isUploading(true)
    , m_stored(std::move(stored))
{
}

QByteArray EventMedia::reference(QByteArrayView declaredType, const QByteArray& bytes)
{
    if (!m_isUploading)
        return {};
    FoundMedia media{.type = MediaType::forUpload(declaredType, bytes), .bytes = bytes, .field = m_field};
    if (media.type.isEmpty())
        return {};
    media.sha256 = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    const QByteArray id = m_stored.value(media.sha256);
    const QByteArray type = media.type;
    const bool isKnown = std::any_of(m_found.cbegin(), m_found.cend(),
        [&](const FoundMedia& other) { return other.sha256 == media.sha256 && other.field == media.field; });
    if (!isKnown)
        m_found.append(std::move(media));
    return id.isEmpty() ? QByteArray()
                        : "@@@langfuseMedia:type=" + type + "|id=" + id + "|source=base64_data_uri@@@";
}
