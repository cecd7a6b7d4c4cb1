// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The head of an upstream request as bytes, and what RFC 9110 says about its method. Pure functions, used by
// UpstreamReply.

#include "base/messagehead.h"
#include "base/result.h"

namespace RequestSerializer {

/// Where the request goes, as far as its head shows it.
struct Route
{
    QByteArray host; // value of the Host header
    bool absoluteForm = false; // the target becomes http://host + target, for an HTTP proxy
    QByteArray proxyAuthorization; // value of Proxy-Authorization; empty: no such line
};

/// `METHOD target HTTP/1.1`, the headers in order and case, the empty line. Host and the framing line stand
/// where the headers have them, with values of our own; else Host comes first and the framing line last.
/// Internal when method, target or a header would break the framing (CR, LF, NUL, spaces in the target): this
/// is the last door before the wire, and configured values pass it too.
[[nodiscard]] Result<QByteArray> serialize(const RequestHead& head, const Route& route);

/// RFC 9110 9.2.2: sending it twice is the same as once.
[[nodiscard]] bool isIdempotent(QByteArrayView method);

} // namespace RequestSerializer
