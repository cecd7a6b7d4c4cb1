// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HttpLimits: what a client may ask of us. A value; given to the HttpFrontend, which outlives its users.

#include <QtGlobal>

#include <chrono>

struct HttpLimits
{
    qsizetype maxRequestLineBytes = 16 * 1024; // beyond: 414
    qsizetype maxHeaderBytes = 64 * 1024; // request line and field lines together; beyond: 431
    qint64 maxBodyBytes = qint64(256) << 20; // beyond: 413
    std::chrono::milliseconds headerTimeout{
        30000}; // first byte of a request to the end of its head; beyond: 408
    std::chrono::milliseconds idleTimeout{120000}; // keep-alive between requests, and no progress in a body
};
