// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// settingHelp: what --help says of the settings. Stateless.

#include <string>

struct Setting;

/// Where descriptions begin.
inline constexpr size_t settingHelpColumn = 30;

/// What it takes: NUMBER, URL ...
[[nodiscard]] std::string settingValueName(const Setting& setting);
/// Its meaning, what is allowed, and the default, in lines that fit behind the options.
[[nodiscard]] std::string settingHelp(const Setting& setting);
/// The end of --help: the settings that have no option.
[[nodiscard]] std::string secretsHelp();
