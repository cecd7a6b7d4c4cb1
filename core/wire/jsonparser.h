// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// JsonParser: JSON bytes in, JsonValue out; simdjson behind it. Checks the whole document (RFC 8259) and
// notes where each value stands. Reused for the many small documents of a stream, so that they cost no
// allocations. Belongs to whoever parses; telemetry thread.

#include "wire/jsonvalue.h"

#include <memory>

class JsonParser final
{
public:
    JsonParser();
    ~JsonParser();
    JsonParser(const JsonParser&) = delete;
    JsonParser& operator=(const JsonParser&) = delete;

    /// The root of that document; does not exist when the text is not one valid JSON object or array: bad
    /// syntax, invalid UTF-8, trailing content, a bare scalar, nesting deeper than 256 or more than 2,000,000
    /// values. Copies the text. Values of the previous call become invalid.
    [[nodiscard]] JsonValue parse(QByteArrayView text);

private:
    class Private;
    std::unique_ptr<Private> d;
};
