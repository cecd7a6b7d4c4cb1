// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// bodyText: the readable form of a body that no dialect understands: text as it is, nothing for binary data.
// (A form is read while it passes, by wire/formreader.) Pure.

#include <QByteArray>
#include <QByteArrayView>

/// The media type of a Content-Type value: lower case, without parameters.
[[nodiscard]] QByteArray mediaTypeOf(QByteArrayView contentType);

/// JSON, text, XML and URL-encoded forms as they are; anything else empty. UTF-8.
[[nodiscard]] QByteArray bodyText(QByteArrayView contentType, const QByteArray& body);
