// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Placeholders: the `?` of the store's prepared statements as names. Qt SQL makes a name of each position
// anew whenever a value is bound by position, which costs more than SQLite does with the value. Pure; used on
// the telemetry thread.
//
//     numbered("UPDATE t SET a = ? WHERE b = ?") -> "UPDATE t SET a = :v0 WHERE b = :v1"

#include <QString>

namespace Placeholders {

constexpr int maxCount = 40; // in one statement

/// `statement` has no `?` but its placeholders, at most maxCount.
[[nodiscard]] QString numbered(const QString& statement);
/// The name of that one, from 0.
[[nodiscard]] const QString& at(int position);

} // namespace Placeholders
