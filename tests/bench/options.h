// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Options: `--name value` pairs of a benchmark program. A name without a value, or a number that is none,
// ends the program with a line on stderr.

#include <cstdint>
#include <map>
#include <string>

class Options final
{
public:
    /// Reads argv from `first` on.
    Options(int argc, char** argv, int first);

    [[nodiscard]] int64_t number(const std::string& name, int64_t fallback) const;
    [[nodiscard]] std::string text(const std::string& name, const std::string& fallback) const;

private:
    std::map<std::string, std::string> m_values;
};
