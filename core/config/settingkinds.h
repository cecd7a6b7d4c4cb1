// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// settingkinds: how the text of each kind of setting is read and checked (isAllowed() and allowedValues() of
// settings.h are implemented here). Pure; while the settings are loaded.

#include "config/settings.h"

#include <optional>

namespace SettingKinds {

/// 64K, 3KiB, 1048576; nothing for what is not allowed.
[[nodiscard]] std::optional<qint64> parseBytes(QByteArray text);
/// 90m, 7d; nothing for what is not allowed.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(QByteArray text);
/// Digits with at most one point among them: 0.25, 10; no sign, no exponent.
[[nodiscard]] std::optional<double> parseFraction(const QByteArray& text);

// Of texts that isAllowed() has let pass.
[[nodiscard]] bool isOn(const QByteArray& text);
[[nodiscard]] std::chrono::milliseconds milliseconds(const QByteArray& text);
[[nodiscard]] std::chrono::milliseconds seconds(const QByteArray& text);
[[nodiscard]] QUrl url(const QByteArray& text);

/// "a, b" as a list; empty pieces are left out.
[[nodiscard]] QList<QByteArray> words(const QByteArray& text);

} // namespace SettingKinds
