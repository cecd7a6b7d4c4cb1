// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// settingHelp: what --help says of the settings. Stateless.

#include <string>

class HelpFormatter;
struct Setting;

/// What it takes: NUMBER, URL ...
[[nodiscard]] std::string settingValueName(const Setting& setting);
/// Its meaning, what is allowed, and the default, in one line.
[[nodiscard]] std::string settingHelp(const Setting& setting);
/// The end of --help: the settings that have no option. `columns`: of the formatter.
[[nodiscard]] std::string secretsHelp(const HelpFormatter& formatter, int columns);
