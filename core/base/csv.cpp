// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/csv.h"

#include <algorithm>

namespace Csv {

QByteArray field(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    if (!bytes.isEmpty() && QByteArrayView("=+-@\t\r").contains(bytes.front()))
        bytes.prepend('\'');
    const bool isPlain = std::none_of(
        bytes.begin(), bytes.end(), [](char c) { return QByteArrayView(",\"\r\n").contains(c); });
    return isPlain ? bytes : '"' + bytes.replace('"', "\"\"") + '"';
}

} // namespace Csv
