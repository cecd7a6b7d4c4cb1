// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/mediapart.h"

#include "wire/jsonstring.h"

Part mediaPart(Part::Kind kind, const QByteArray& mediaType, qint64 bytes)
{
    Part part;
    part.kind = kind;
    part.mediaType = mediaType;
    part.json = QByteArray("{") + (mediaType.isEmpty() ? "" : "\"type\":" + quoteJson(mediaType) + ',')
        + "\"bytes\":" + QByteArray::number(bytes) + '}';
    return part;
}

QList<Part> fileParts(Part::Kind kind, JsonValue files)
{
    QList<Part> parts;
    const auto add = [&](JsonValue file) {
        Part part;
        part.kind = kind;
        part.mediaType = file["type"].text();
        part.json = file.json();
        parts.append(std::move(part));
    };
    if (files.isObject())
        add(files);
    else if (files.isArray()) {
        for (const JsonValue file : files)
            add(file);
    }
    return parts;
}

qint64 base64Bytes(QByteArrayView base64)
{
    while (base64.endsWith('='))
        base64.chop(1);
    return base64.size() * 3 / 4;
}
