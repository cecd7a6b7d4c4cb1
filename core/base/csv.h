// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Csv: fields of CSV (RFC 4180) that a spreadsheet reads as text. Pure.

#include <QByteArray>
#include <QString>

namespace Csv {

/// UTF-8, quoted where commas, quotes or line ends stand in it. A text that a spreadsheet would take for a
/// formula (=, +, -, @, a tab or a return in front) gets an apostrophe before it (OWASP, "CSV Injection").
[[nodiscard]] QByteArray field(const QString& text);

} // namespace Csv
