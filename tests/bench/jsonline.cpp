// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "jsonline.h"

#include <cstdio>

JsonLine& JsonLine::add(const char* key, int64_t value)
{
    return addJson(key, std::to_string(value));
}

JsonLine& JsonLine::add(const char* key, double value)
{
    char digits[64];
    std::snprintf(digits, sizeof digits, "%.3f", value);
    return addJson(key, digits);
}

JsonLine& JsonLine::add(const char* key, const std::string& value)
{
    return addJson(key, '"' + value + '"');
}

JsonLine& JsonLine::addJson(const char* key, const std::string& json)
{
    if (m_text.size() > 1)
        m_text += ',';
    m_text += '"';
    m_text += key;
    m_text += "\":";
    m_text += json;
    return *this;
}
