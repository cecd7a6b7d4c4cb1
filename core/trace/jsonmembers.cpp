// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "trace/jsonmembers.h"

#include <simdjson.h>

namespace {

QByteArray toBytes(std::string_view text)
{
    return QByteArrayView(text.data(), qsizetype(text.size())).toByteArray();
}

/// The value's own bytes, without the white space behind it.
simdjson::simdjson_result<std::string_view> rawJson(simdjson::ondemand::value value)
{
    simdjson::ondemand::json_type type;
    if (const auto error = value.type().get(type); error)
        return error;
    if (type == simdjson::ondemand::json_type::object) {
        simdjson::ondemand::object object;
        const auto error = value.get_object().get(object);
        return error ? error : object.raw_json();
    }
    if (type == simdjson::ondemand::json_type::array) {
        simdjson::ondemand::array array;
        const auto error = value.get_array().get(array);
        return error ? error : array.raw_json();
    }
    return value.raw_json_token();
}

} // namespace

std::optional<QList<MetadataEntry>> jsonMembers(const QByteArray& json)
{
    const simdjson::padded_string padded(json.constData(), size_t(json.size()));
    // The on-demand parser does not look into what it skips; the first pass makes sure that all is valid.
    simdjson::dom::parser validator;
    simdjson::dom::object checked;
    if (validator.parse(padded).get(checked))
        return std::nullopt;

    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::object object;
    if (parser.iterate(padded).get(document) || document.get_object().get(object))
        return std::nullopt;
    QList<MetadataEntry> members;
    for (auto result : object) {
        simdjson::ondemand::field field;
        std::string_view key;
        std::string_view value;
        if (std::move(result).get(field) || field.unescaped_key().get(key)
            || rawJson(field.value()).get(value))
            return std::nullopt;
        members.append({toBytes(key), toBytes(value).trimmed()});
    }
    return members;
}
