// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonLine: one flat or nested JSON object on one line, built key by key. Keys and texts are ours and need no
// escaping. Example: JsonLine().add("requests", 12).add("name", "direct").text() is
// {"requests":12,"name":"direct"}.

#include <cstdint>
#include <string>

class JsonLine final
{
public:
    JsonLine& add(const char* key, int64_t value);
    JsonLine& add(const char* key, double value);
    JsonLine& add(const char* key, const std::string& value);
    /// A value that is JSON already.
    JsonLine& addJson(const char* key, const std::string& json);

    [[nodiscard]] std::string text() const { return m_text + '}'; }

private:
    std::string m_text = "{";
};
