// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/leb128.h"

namespace Leb128 {

void append(QByteArray* bytes, quint64 number)
{
    for (; number >= 0x80; number >>= 7)
        bytes->append(char(number | 0x80));
    bytes->append(char(number));
}

std::optional<quint64> take(QByteArrayView* bytes)
{
    quint64 number = 0;
    for (int shift = 0; shift < 63 && !bytes->isEmpty(); shift += 7) {
        const auto byte = static_cast<uchar>(bytes->front());
        *bytes = bytes->sliced(1);
        number |= quint64(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    return std::nullopt;
}

} // namespace Leb128
