// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonValue: one value in a parsed JSON document, a pointer into what a JsonParser holds: valid until that
// parser parses again or dies. Every value keeps the bytes it had, so nothing needs to be re-encoded. A value
// that is not there answers every question with "no" and every getter with nothing, so chains need no checks:
// `root["usage"]["total_tokens"].integer()`. Telemetry thread.

#include <QByteArray>
#include <QByteArrayView>

#include <iterator>
#include <optional>

/// One value in document order; its children follow it. Made by JsonParser.
struct JsonNode
{
    enum class Kind : quint8 { Object, Array, String, Number, True, False, Null };

    QByteArrayView raw; // the value as it came, quotes and brackets included
    QByteArrayView key; // of a member, between its quotes, escapes as they came
    qsizetype span = 1; // how many nodes: itself and everything below
    Kind kind = Kind::Null;
    bool isKeyEscaped = false; // the key has escapes: its bytes are not its name
};

class JsonValue final
{
public:
    class Iterator;

    JsonValue() = default;
    explicit JsonValue(const JsonNode* node)
        : m_node(node)
    {
    }

    [[nodiscard]] bool exists() const { return m_node != nullptr; }
    [[nodiscard]] bool isObject() const { return is(JsonNode::Kind::Object); }
    [[nodiscard]] bool isArray() const { return is(JsonNode::Kind::Array); }
    [[nodiscard]] bool isString() const { return is(JsonNode::Kind::String); }
    [[nodiscard]] bool isNumber() const { return is(JsonNode::Kind::Number); }
    [[nodiscard]] bool isTrue() const { return is(JsonNode::Kind::True); }
    [[nodiscard]] bool isNull() const { return is(JsonNode::Kind::Null); }
    /// An object or array without children.
    [[nodiscard]] bool isEmpty() const { return !m_node || m_node->span == 1; }

    /// The bytes as they came; a view into the parser.
    [[nodiscard]] QByteArrayView raw() const { return m_node ? m_node->raw : QByteArrayView(); }
    /// The same as a copy.
    [[nodiscard]] QByteArray json() const { return raw().toByteArray(); }
    /// A string without its quotes and escapes, as UTF-8; empty for everything that is not a string.
    [[nodiscard]] QByteArray text() const;
    /// text() of a string, the bytes of a number or boolean; empty for everything else.
    [[nodiscard]] QByteArray scalar() const;
    /// A number without a fraction that fits; also written 12.0 or 1e3.
    [[nodiscard]] std::optional<qint64> integer() const;

    /// The name of this member, without escapes.
    [[nodiscard]] QByteArray name() const;
    /// The last member of that name (RFC 8259 4 leaves repeats open; the common parsers take the last).
    [[nodiscard]] JsonValue operator[](QByteArrayView name) const;

    /// Children in document order: of an array its elements, of an object its members.
    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

private:
    [[nodiscard]] bool is(JsonNode::Kind kind) const { return m_node && m_node->kind == kind; }

    const JsonNode* m_node = nullptr;
};

class JsonValue::Iterator final
{
public:
    explicit Iterator(const JsonNode* node)
        : m_node(node)
    {
    }

    JsonValue operator*() const { return JsonValue(m_node); }
    Iterator& operator++()
    {
        m_node += m_node->span;
        return *this;
    }
    bool operator==(const Iterator&) const = default;

private:
    const JsonNode* m_node;
};
