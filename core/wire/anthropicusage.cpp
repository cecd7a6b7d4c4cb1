// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/anthropicusage.h"

#include "wire/jsonstring.h"
#include "wire/tokencount.h"

#include <algorithm>

namespace {

constexpr qsizetype maxMembers = 256; // the real object has about ten

} // namespace

void AnthropicUsage::merge(JsonValue usage)
{
    if (!usage.isObject())
        return;
    m_only = m_members.isEmpty() ? usage.json() : QByteArray();
    for (const JsonValue value : usage) {
        if (value.isNull())
            continue;
        const QByteArray key = value.name();
        const auto known = std::find_if(
            m_members.begin(), m_members.end(), [&key](const Member& member) { return member.key == key; });
        if (known != m_members.end())
            known->json = value.json();
        else if (m_members.size() < maxMembers)
            m_members.append({key, value.json()});
    }
}

std::optional<Usage> AnthropicUsage::usage()
{
    if (m_members.isEmpty())
        return std::nullopt;
    Usage read;
    read.json = mergedJson();
    const JsonValue merged = m_parser.parse(read.json);
    const JsonValue creation = merged["cache_creation"];
    read.input = TokenCount::read(merged["input_tokens"]);
    read.inputCached = TokenCount::read(merged["cache_read_input_tokens"]);
    read.cacheWrite5m = TokenCount::read(creation["ephemeral_5m_input_tokens"]);
    read.cacheWrite1h = TokenCount::read(creation["ephemeral_1h_input_tokens"]);
    const std::optional<qint64> written = TokenCount::read(merged["cache_creation_input_tokens"]);
    const bool isSplit = read.cacheWrite5m || read.cacheWrite1h;
    const std::optional<qint64> rest = TokenCount::without(written, {read.cacheWrite5m, read.cacheWrite1h});
    if (!isSplit || rest.value_or(0) > 0)
        read.cacheWrite = rest;
    read.output = TokenCount::read(merged["output_tokens"]);
    read.webSearches = TokenCount::read(merged["server_tool_use"]["web_search_requests"]);
    read.total = TokenCount::sum(
        {read.input, read.inputCached, read.cacheWrite, read.cacheWrite5m, read.cacheWrite1h, read.output});
    if (!read.total)
        return std::nullopt;
    return read;
}

QByteArray AnthropicUsage::mergedJson() const
{
    if (!m_only.isEmpty())
        return m_only;
    QByteArray json = QByteArrayLiteral("{");
    for (const Member& member : m_members) {
        if (json.size() > 1)
            json.append(',');
        json.append(quoteJson(member.key) + ':' + member.json);
    }
    return json + '}';
}
