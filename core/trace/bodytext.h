// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// bodyText: the readable form of a body that no dialect understands: text as it is, the fields of a form,
// nothing for binary data. Pure.

#include <QByteArray>
#include <QByteArrayView>

/// The media type of a Content-Type value: lower case, without parameters.
[[nodiscard]] QByteArray mediaTypeOf(QByteArrayView contentType);

/// JSON, text, XML and URL-encoded forms as they are; multipart/form-data as `name=value` lines, files as
/// `name=[file: photo.png, 5120 bytes]`; anything else empty. UTF-8.
[[nodiscard]] QByteArray bodyText(QByteArrayView contentType, const QByteArray& body);
