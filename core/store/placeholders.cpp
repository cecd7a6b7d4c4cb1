// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/placeholders.h"

#include <array>

namespace Placeholders {

QString numbered(const QString& statement)
{
    QString named;
    int position = 0;
    for (const QChar c : statement) {
        if (c == QLatin1Char('?'))
            named += at(position++);
        else
            named += c;
    }
    return named;
}

const QString& at(int position)
{
    static const auto names = [] {
        std::array<QString, maxCount> all;
        for (int i = 0; i < maxCount; ++i)
            all[std::size_t(i)] = QStringLiteral(":v%1").arg(i);
        return all;
    }();
    Q_ASSERT(position >= 0 && position < maxCount);
    return names[std::size_t(position)];
}

} // namespace Placeholders
