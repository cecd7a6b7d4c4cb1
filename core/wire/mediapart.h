// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// mediapart: a picture, a sound or a document of which a record tells what it was and how large, without its
// bytes. Pure; telemetry thread.

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

/// `{"type":"audio/mpeg","bytes":48123}`; an unknown type is left out.
[[nodiscard]] Part mediaPart(Part::Kind kind, const QByteArray& mediaType, qint64 bytes);

/// A file of a form as FormReader::json() describes it, which becomes the part's JSON. Null gives an empty
/// list, an array a part for each of its files.
[[nodiscard]] QList<Part> fileParts(Part::Kind kind, JsonValue files);

/// How many bytes a base64 text stands for, without decoding it.
[[nodiscard]] qint64 base64Bytes(QByteArrayView base64);
