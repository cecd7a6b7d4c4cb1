// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "wire/jsonparser.h"

#include "wire/jsonscanner.h"

#include <simdjson.h>

#include <utility>
#include <vector>

namespace ondemand = simdjson::ondemand;

namespace {

constexpr int maxDepth = 256; // every level costs stack, and threads have 512 KiB on some systems
constexpr std::size_t maxNodes = 2'000'000; // some 112 MiB; `[0,0,...` has one for every two bytes
constexpr qsizetype keptCapacity = 1 << 20; // what a parser may hold on to between documents

QByteArrayView trimmedRight(QByteArrayView text)
{
    while (!text.isEmpty()
        && (text.back() == ' ' || text.back() == '\t' || text.back() == '\n' || text.back() == '\r'))
        text.chop(1);
    return text;
}

} // namespace

class JsonParser::Private final
{
public:
    [[nodiscard]] bool parse(QByteArrayView text);

    std::vector<JsonNode> nodes;

private:
    [[nodiscard]] bool readValue(ondemand::value value, QByteArrayView key, int depth);
    [[nodiscard]] bool readChildren(ondemand::value value, JsonNode::Kind kind, int depth);
    [[nodiscard]] bool readScalar(QByteArrayView token, JsonNode* node) const;
    [[nodiscard]] QByteArrayView upTo(ondemand::value& value, const char* begin) const;

    ondemand::parser m_parser;
    QByteArray m_buffer; // the text and simdjson's padding
    const char* m_end = nullptr; // of the text in the buffer, without trailing white space
};

bool JsonParser::Private::parse(QByteArrayView text)
{
    nodes.clear();
    if (m_buffer.capacity() > keptCapacity) {
        m_buffer = QByteArray();
        std::vector<JsonNode>().swap(nodes);
    }
    m_buffer.resize(0);
    m_buffer.reserve(text.size() + qsizetype(simdjson::SIMDJSON_PADDING));
    m_buffer.append(text);
    m_buffer.append(qsizetype(simdjson::SIMDJSON_PADDING), '\0');
    m_end = m_buffer.constData() + trimmedRight(QByteArrayView(m_buffer).first(text.size())).size();

    ondemand::document document;
    ondemand::value root;
    if (m_parser.iterate(m_buffer.constData(), std::size_t(text.size()), std::size_t(m_buffer.size()))
            .get(document)
        || document.get_value().get(root) || !readValue(root, {}, 0))
        return false;
    return nodes.front().raw.end() == m_end;
}

bool JsonParser::Private::readValue(ondemand::value value, QByteArrayView key, int depth)
{
    if (depth > maxDepth || nodes.size() == maxNodes)
        return false;
    const std::string_view view = value.raw_json_token();
    const QByteArrayView token = trimmedRight(QByteArrayView(view.data(), qsizetype(view.size())));
    if (token.isEmpty())
        return false;
    const std::size_t index = nodes.size();
    nodes.push_back({token, key, 1, JsonNode::Kind::Null});
    if (token.front() != '{' && token.front() != '[')
        return readScalar(token, &nodes[index]);

    const auto kind = token.front() == '{' ? JsonNode::Kind::Object : JsonNode::Kind::Array;
    if (!readChildren(value, kind, depth))
        return false;
    JsonNode& node = nodes[index]; // only now: the vector has grown
    node.kind = kind;
    node.raw = upTo(value, token.data());
    node.span = qsizetype(nodes.size() - index);
    return true;
}

bool JsonParser::Private::readChildren(ondemand::value value, JsonNode::Kind kind, int depth)
{
    if (kind == JsonNode::Kind::Array) {
        ondemand::array array;
        if (value.get_array().get(array))
            return false;
        for (auto element : array) {
            ondemand::value child;
            if (std::move(element).get(child) || !readValue(child, {}, depth + 1))
                return false;
        }
        return true;
    }
    ondemand::object object;
    if (value.get_object().get(object))
        return false;
    for (auto member : object) {
        ondemand::field field;
        if (std::move(member).get(field))
            return false;
        const char* const begin = field.key().raw();
        const QByteArrayView rest(begin - 1, m_end);
        const qsizetype length = JsonScanner::skipString(rest, 0);
        const std::size_t index = nodes.size();
        if (length < 0 || !readValue(field.value(), QByteArrayView(begin, length - 2), depth + 1))
            return false;
        nodes[index].isKeyEscaped = nodes[index].key.contains('\\');
    }
    return true;
}

/// simdjson checks scalars when they are converted; here they stay bytes, so they are checked by us.
bool JsonParser::Private::readScalar(QByteArrayView token, JsonNode* node) const
{
    switch (token.front()) {
    case '"':
        node->kind = JsonNode::Kind::String;
        return JsonScanner::skipString(token, 0) == token.size();
    case 't':
        node->kind = JsonNode::Kind::True;
        return token == "true";
    case 'f':
        node->kind = JsonNode::Kind::False;
        return token == "false";
    case 'n':
        node->kind = JsonNode::Kind::Null;
        return token == "null";
    default:
        node->kind = JsonNode::Kind::Number;
        return JsonScanner::isNumber(token);
    }
}

/// The object or array whose children have just been read: it ends before the next token.
QByteArrayView JsonParser::Private::upTo(ondemand::value& value, const char* begin) const
{
    const char* next = nullptr;
    if (value.current_location().get(next))
        next = m_end;
    return trimmedRight(QByteArrayView(begin, next));
}

JsonParser::JsonParser()
    : d(std::make_unique<Private>())
{
}

JsonParser::~JsonParser() = default;

JsonValue JsonParser::parse(QByteArrayView text)
{
    if (!d->parse(text))
        return JsonValue();
    return JsonValue(d->nodes.data());
}
