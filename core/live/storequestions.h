// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Store questions: the targets of the API that are answered from the store alone, as questions for a
// QueryRunner: the same with a running proxy and for a store file by itself. Pure; any thread.

#include "langfuse/otlpmapping.h"
#include "live/apiquery.h"
#include "live/queryrunner.h"

#include <functional>

namespace StoreQuestions {

/// What the time and place of asking add.
struct Situation
{
    qint64 nowUs = 0; // since 1970 UTC
    std::function<bool(const QByteArray& id)> isOpen; // that call has not ended; none: no call is open
    OtlpMappingOptions langfuse = {}; // what the settings add to traces; a store by itself knows none
};

/// Those targets: `/api/traces`, `/api/traces/*` (`*`: any one segment) ...
[[nodiscard]] QList<const char*> paths();
/// What a GET of one of them asks the store; nothing for any other path. BadRequest names the parameter.
[[nodiscard]] std::optional<Result<QueryRunner::Question>> questionOf(
    const ApiQuery& query, const Situation& situation);

/// 400 with what is wrong with a parameter.
[[nodiscard]] ApiAnswer refusalOf(const Error& error);

} // namespace StoreQuestions
