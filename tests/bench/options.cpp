// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "options.h"

#include <cstdio>
#include <cstdlib>

Options::Options(int argc, char** argv, int first)
{
    for (int i = first; i < argc; i += 2) {
        const std::string name = argv[i];
        if (name.size() < 3 || name.compare(0, 2, "--") != 0 || i + 1 == argc) {
            std::fprintf(stderr, "%s: expected --name value\n", argv[i]);
            std::exit(64);
        }
        m_values[name.substr(2)] = argv[i + 1];
    }
}

int64_t Options::number(const std::string& name, int64_t fallback) const
{
    const auto found = m_values.find(name);
    if (found == m_values.end())
        return fallback;
    char* end = nullptr;
    const int64_t value = std::strtoll(found->second.c_str(), &end, 10);
    if (end == found->second.c_str() || *end != '\0') {
        std::fprintf(stderr, "--%s %s: not a number\n", name.c_str(), found->second.c_str());
        std::exit(64);
    }
    return value;
}

std::string Options::text(const std::string& name, const std::string& fallback) const
{
    const auto found = m_values.find(name);
    return found == m_values.end() ? fallback : found->second;
}
