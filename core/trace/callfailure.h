// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallFailure: what went wrong with a call, as one machine word and a sentence: from its outcome, its status,
// and what the provider said in the body or in the middle of a stream. Pure; used by the record builder.

#include "trace/capture.h"
#include "wire/dialect.h"

struct CallFailure
{
    QByteArray code; // empty: nothing went wrong
    QByteArray message; // UTF-8

    bool operator==(const CallFailure&) const = default;
};

struct FailureFacts
{
    std::optional<CallEnd> end; // nothing: the proxy stopped while the call was running
    int status = 0;
    QByteArray reason; // of the status line
    QByteArray responseText; // what a body says that no dialect read
    const ParsedResponse* response = nullptr; // null without a dialect
    bool isStream = false;
    bool isWholeSeen = true; // nothing of the answer was missed by its reader
};

/// Codes of ours: `timeout`, `connection_error`, `tls_error`, `client_cancelled`, `incomplete` (a stream that
/// ended well but without its final event, or a call that was running when the proxy stopped), `http_529` and
/// the like when the body says nothing, `bad_request`, `request_too_large`, `request_timeout`, `rejected`, or
/// the word the proxy refused with (Error::subject, e.g. `invalid_api_key`). Else the provider's error type.
/// A consumer that leaves after the final event got all it wanted: no failure.
[[nodiscard]] CallFailure failureOf(const FailureFacts& facts);
