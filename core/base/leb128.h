// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LEB128: whole numbers in as few bytes as they need, seven bits a byte, the lowest first (DWARF 5, 7.6). For
// lists of numbers that are stored. Pure.

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace Leb128 {

void append(QByteArray* bytes, quint64 number);
/// The number at the front, taken off; nothing at the end of the bytes or when it has more than 63 bits.
[[nodiscard]] std::optional<quint64> take(QByteArrayView* bytes);

} // namespace Leb128
