// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "langfuse/mediatype.h"

#include <QList>

#include <algorithm>
#include <array>

namespace MediaType {

namespace {

constexpr std::array<QByteArrayView, 52> acceptedTypes{"image/png", "image/jpeg", "image/jpg", "image/webp",
    "image/gif", "image/svg+xml", "image/tiff", "image/bmp", "image/avif", "image/heic", "audio/mpeg",
    "audio/mp3", "audio/wav", "audio/ogg", "audio/oga", "audio/aac", "audio/mp4", "audio/flac", "audio/opus",
    "audio/webm", "video/mp4", "video/webm", "video/ogg", "video/mpeg", "video/quicktime", "video/x-msvideo",
    "video/x-matroska", "text/plain", "text/html", "text/css", "text/csv", "text/markdown", "text/x-python",
    "application/javascript", "text/x-typescript", "application/x-yaml", "application/pdf",
    "application/msword", "application/vnd.ms-excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip",
    "application/json", "application/xml", "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/rtf",
    "application/x-ndjson", "application/vnd.apache.parquet", "application/gzip", "application/x-tar",
    "application/x-7z-compressed"};

struct Magic
{
    QByteArrayView bytes;
    qsizetype offset;
    const char* type;
};

// At least three bytes each: a bare base64 text may be anything, embeddings for example.
constexpr std::array magics{
    Magic{"\x89PNG", 0, "image/png"},
    Magic{"\xff\xd8\xff", 0, "image/jpeg"},
    Magic{"GIF8", 0, "image/gif"},
    Magic{"WEBP", 8, "image/webp"},
    Magic{"WAVE", 8, "audio/wav"},
    Magic{"%PDF-", 0, "application/pdf"},
    Magic{"ID3", 0, "audio/mpeg"},
    Magic{"OggS", 0, "audio/ogg"},
    Magic{"fLaC", 0, "audio/flac"},
    Magic{"ftypheic", 4, "image/heic"},
    Magic{"ftypavif", 4, "image/avif"},
    Magic{"ftypM4A", 4, "audio/mp4"},
    Magic{"ftypqt", 4, "video/quicktime"},
    Magic{"ftyp", 4, "video/mp4"},
    Magic{"\x1a\x45\xdf\xa3", 0, "video/webm"},
};

} // namespace

bool isAccepted(QByteArrayView type)
{
    return std::find(acceptedTypes.begin(), acceptedTypes.end(), type) != acceptedTypes.end();
}

QByteArray sniffed(QByteArrayView bytes)
{
    const auto found = std::find_if(magics.begin(), magics.end(), [bytes](const Magic& magic) {
        return bytes.size() >= magic.offset + magic.bytes.size()
            && bytes.sliced(magic.offset, magic.bytes.size()) == magic.bytes;
    });
    return found == magics.end() ? QByteArray() : QByteArray(found->type);
}

QByteArray forUpload(QByteArrayView declared, QByteArrayView bytes)
{
    QByteArray type = declared.toByteArray().toLower();
    type = type.split(';').first().trimmed();
    if (bytes.isEmpty())
        return {};
    if (isAccepted(type) && type != "application/octet-stream")
        return type;
    const QByteArray known = sniffed(bytes);
    return known.isEmpty() && isAccepted(type) ? type : known;
}

} // namespace MediaType
