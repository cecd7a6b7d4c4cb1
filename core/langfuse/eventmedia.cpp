// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/eventmedia.h"

#include "base/medianote.h"
#include "langfuse/mediatype.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

EventMedia::EventMedia(StoredMedia stored, QList<FoundMedia> known)
    : m_isUploading(true)
    , m_stored(std::move(stored))
    , m_found(std::move(known))
{
}

QByteArray EventMedia::reference(QByteArrayView declaredType, const QByteArray& bytes)
{
    if (!m_isUploading)
        return {};
    FoundMedia media{.type = MediaType::forUpload(declaredType, bytes), .bytes = bytes, .field = m_field};
    if (media.type.isEmpty())
        return {};
    media.sha256 = hashOf(bytes);
    const QByteArray id = m_stored.value(media.sha256);
    const QByteArray type = media.type;
    const bool isKnown = std::any_of(m_found.cbegin(), m_found.cend(),
        [&](const FoundMedia& other) { return other.sha256 == media.sha256 && other.field == media.field; });
    if (!isKnown)
        m_found.append(std::move(media));
    return id.isEmpty() ? QByteArray()
                        : "@@@langfuseMedia:type=" + type + "|id=" + id + "|source=base64_data_uri@@@";
}

QByteArray EventMedia::note(QByteArrayView declaredType, const QByteArray& bytes)
{
    ++m_notes;
    return mediaNote(declaredType, bytes.size(), hashOf(bytes));
}

// A picture comes by here several times, in the verbatim request and in the conversation: comparing costs a
// hundredth of hashing.
QByteArray EventMedia::hashOf(const QByteArray& bytes) const
{
    const auto found = std::find_if(
        m_found.cbegin(), m_found.cend(), [&bytes](const FoundMedia& media) { return media.bytes == bytes; });
    return found == m_found.cend() ? QCryptographicHash::hash(bytes, QCryptographicHash::Sha256)
                                   : found->sha256;
}
