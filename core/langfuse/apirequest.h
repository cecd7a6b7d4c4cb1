// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ApiRequest: one HTTP request to Langfuse, or to the place where it wants media uploaded. A value; whoever
// knows the endpoint makes it, LangfuseClient sends it. Telemetry thread. Holds no credential.

#include "base/headerlist.h"

struct ApiRequest
{
    QByteArray method = "POST";
    QByteArray path = {}; // under the base URL: /api/public/...
    QByteArray uploadUrl = {}; // instead of path: an absolute URL elsewhere, where no credentials go
    HeaderList headers = {}; // besides Host, framing, Authorization and User-Agent
    QByteArray body = {};
    qsizetype maxAnswerBytes = 64 * 1024; // of the answer's body; more is not waited for

    bool operator==(const ApiRequest&) const = default;
};
