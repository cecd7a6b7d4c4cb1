// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonPath: a place in JSON documents, as REDACT_JSON_PATHS names it: the part of RFC 9535 that needs no
// expressions. A value; used by RedactionRules and TextRedaction.
//
//     metadata.email    $.messages[*].name    tools[0]['x y']    $..password

#include "base/result.h"
#include "wire/jsonvalue.h"

#include <QByteArray>
#include <QList>

class JsonPath final
{
public:
    /// Paths with commas or white space between. A path is members (`.name`, `['name']`), elements (`[3]`)
    /// and wildcards (`.*`, `[*]`), each of them also at any depth (`..name`); `$` in front may be left out.
    /// At most 30 steps. InvalidConfig: the message quotes the path and says what is wrong at which
    /// character.
    [[nodiscard]] static Result<QList<JsonPath>> parseList(QByteArrayView text);

    /// What the paths name below that root, outermost values only, in document order. One walk for all.
    [[nodiscard]] static QList<JsonValue> select(const QList<JsonPath>& paths, JsonValue root);

    bool operator==(const JsonPath&) const = default;

private:
    struct Step
    {
        enum class Kind { Member, Element, Any };

        Kind kind = Kind::Any;
        QByteArray name;
        qint64 index = 0;
        bool isAnyDepth = false;

        /// `childIndex`: in its array; -1 for a member of an object.
        [[nodiscard]] bool matches(JsonValue child, qint64 childIndex) const;
        bool operator==(const Step&) const = default;
    };

    class Parser;
    class Walk;

    QList<Step> m_steps;
};
