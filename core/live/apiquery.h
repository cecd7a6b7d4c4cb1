// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiQuery: the target of a request to the API, taken apart. A value.
//
//     /api/traces/0af7/request?x=a%20b   ->   path "/api/traces/*/request" is matched, segments and
//     parameters

#include "base/result.h"

#include <QList>

struct ApiParameter
{
    QByteArray name;
    QByteArray value;

    bool operator==(const ApiParameter&) const = default;
};

struct ApiQuery
{
    QList<QByteArray> segments; // of the path behind /api, undecoded; empty for /api itself
    QList<ApiParameter> parameters; // in order, decoded (application/x-www-form-urlencoded)

    /// BadRequest, with the parameter as subject, for what is not percent-encoded UTF-8.
    [[nodiscard]] static Result<ApiQuery> parse(const QByteArray& target);
    /// The path is that one; `*` in it stands for any one segment.
    [[nodiscard]] bool hasPath(const char* pattern) const;
};
