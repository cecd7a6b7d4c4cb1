// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// bench-mock-upstream: a MockServer on 127.0.0.1. `bench-mock-upstream --port N`; it serves until it is
// ended.

#include "mockserver.h"
#include "options.h"
#include "sockets.h"

int main(int argc, char** argv)
{
    const Options options(argc, argv, 1);
    Sockets::raiseFileLimit();
    MockServer server(uint16_t(options.number("port", 0)));
    server.run();
}
