// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonvalue.h"

#include "wire/jsonstring.h"

#include <cmath>

QByteArray JsonValue::text() const
{
    return isString() ? unescapeJson(m_node->raw.sliced(1, m_node->raw.size() - 2)) : QByteArray();
}

QByteArray JsonValue::scalar() const
{
    if (isNumber() || isTrue() || is(JsonNode::Kind::False))
        return json();
    return text();
}

std::optional<qint64> JsonValue::integer() const
{
    if (!isNumber())
        return std::nullopt;
    bool isExact = false;
    const QByteArray digits = json();
    const qint64 number = digits.toLongLong(&isExact);
    if (isExact)
        return number;
    constexpr double largest = 9007199254740992.0; // 2^53: beyond it doubles skip integers
    const double real = digits.toDouble(&isExact);
    if (!isExact || std::trunc(real) != real || std::abs(real) > largest)
        return std::nullopt;
    return qint64(real);
}

QByteArray JsonValue::name() const
{
    return m_node ? unescapeJson(m_node->key) : QByteArray();
}

JsonValue JsonValue::operator[](QByteArrayView name) const
{
    JsonValue found;
    if (!isObject())
        return found;
    for (const JsonValue member : *this) {
        const JsonNode& node = *member.m_node;
        const bool isSame
            = node.isKeyEscaped ? member.name() == name : node.key.size() == name.size() && node.key == name;
        if (isSame)
            found = member;
    }
    return found;
}

JsonValue::Iterator JsonValue::begin() const
{
    return Iterator(isObject() || isArray() ? m_node + 1 : nullptr);
}

JsonValue::Iterator JsonValue::end() const
{
    return Iterator(isObject() || isArray() ? m_node + m_node->span : nullptr);
}
