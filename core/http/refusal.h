// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Refusal: why a request is answered with an error of ours before anybody handled it, or in the middle of its
// body. Made by RequestScanner and ClientConnection; its JSON is what the client reads. A value.

#include "base/result.h"

struct Refusal
{
    int status = 0; // 4xx or 5xx
    ErrorCode error = ErrorCode::BadRequest;
    QByteArray code; // machine-readable, e.g. "payload_too_large"
    QByteArray message; // our own ASCII words, never a byte of the request

    /// `{"error":{"message":...,"type":"invalid_request_error","code":...}}`, the shape of OpenAI's errors.
    [[nodiscard]] QByteArray toJson() const;
    [[nodiscard]] Error toError() const;

    bool operator==(const Refusal&) const = default;
};

/// The reason phrase that RFC 9110 15 gives to a status; empty for one it does not name.
[[nodiscard]] QByteArray reasonPhrase(int status);
