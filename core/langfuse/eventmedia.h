// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// EventMedia: what stands in an event for the media of its call. While a record is mapped, every piece of
// media passes here: it becomes Langfuse's reference when the piece is known to be stored there, and is noted
// down in any case, so that it can be uploaded and the record mapped again. A value; telemetry thread.

#include <QByteArray>
#include <QHash>
#include <QList>

/// One piece of media of one call.
struct FoundMedia
{
    QByteArray type = {}; // one that Langfuse accepts
    QByteArray bytes = {};
    QByteArray sha256 = {}; // 32 bytes
    QByteArray field = {}; // input or output

    bool operator==(const FoundMedia&) const = default;
};

/// SHA-256 of stored media -> Langfuse's media id.
using StoredMedia = QHash<QByteArray, QByteArray>;

class EventMedia final
{
public:
    /// Nothing is uploaded: there is no reference to anything.
    EventMedia() = default;
    /// `known`: what an earlier mapping of the same record has found; saves hashing it again.
    explicit EventMedia(StoredMedia stored, QList<FoundMedia> known = {});

    /// What is mapped now: input or output.
    void setField(const QByteArray& field) { m_field = field; }

    /// `@@@langfuseMedia:type=image/png|id=...|source=base64_data_uri@@@` for these bytes; empty when they
    /// are not stored. Has no character that JSON would escape.
    [[nodiscard]] QByteArray reference(QByteArrayView declaredType, const QByteArray& bytes);

    /// `[image/png, 48123 bytes, sha256 2c26b4...]` in its place, as mediaNote().
    [[nodiscard]] QByteArray note(QByteArrayView declaredType, const QByteArray& bytes);
    /// How many of them were asked for.
    [[nodiscard]] int notes() const { return m_notes; }

    /// Everything that could be uploaded, once a field.
    [[nodiscard]] const QList<FoundMedia>& found() const { return m_found; }

private:
    [[nodiscard]] QByteArray hashOf(const QByteArray& bytes) const;

    bool m_isUploading = false;
    StoredMedia m_stored;
    QByteArray m_field;
    QList<FoundMedia> m_found;
    int m_notes = 0;
};
