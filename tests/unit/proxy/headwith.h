// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// headWith: the head of a POST with these headers.

#include "base/messagehead.h"

inline RequestHead headWith(HeaderList headers, QByteArray target = "/v1/x")
{
    RequestHead head;
    head.method = "POST";
    head.target = std::move(target);
    head.headers = std::move(headers);
    return head;
}
