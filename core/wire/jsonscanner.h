// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonScanner: steps over JSON text (RFC 8259) without building anything: where does this string, this value
// end. For the places that must know offsets in somebody else's bytes (splice, frame filter, scavenging).
// Pure; any thread.

#include <QByteArrayView>

namespace JsonScanner {

/// Index of the first byte at or after `position` that is not JSON white space; may be the size.
[[nodiscard]] qsizetype skipSpace(QByteArrayView text, qsizetype position);

/// `position` is at the opening quote. Index behind the closing quote, -1 when the string does not end.
[[nodiscard]] qsizetype skipString(QByteArrayView text, qsizetype position);

/// Index behind the value that begins at `position`; -1 when there is none, when it is not finished, or when
/// it nests deeper than 1024. Scalars are checked; inside objects and arrays only strings and the matching
/// of brackets are. A number or word that ends with the text counts as finished.
[[nodiscard]] qsizetype skipValue(QByteArrayView text, qsizetype position);

/// A number of RFC 8259 6 and nothing else.
[[nodiscard]] bool isNumber(QByteArrayView text);

} // namespace JsonScanner
