// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JSON strings and UTF-8 bytes: the way in and the way out. Pure; any thread.

#include <QByteArray>
#include <QByteArrayView>

/// The text between the quotes of a JSON string, without its escapes, as UTF-8: `caf\u00e9` gives `café`.
/// Half a surrogate pair gives U+FFFD (JavaScript consumers cut emoji in two); an unknown escape stays as is.
[[nodiscard]] QByteArray unescapeJson(QByteArrayView escaped);

/// The text as a JSON string with its quotes. Escapes only what RFC 8259 7 says must be.
[[nodiscard]] QByteArray quoteJson(QByteArrayView text);
