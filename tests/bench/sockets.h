// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Sockets: the few loopback calls that the mock upstream and the load generator share. A call that fails ends
// the program with a line on stderr: a benchmark that cannot open its sockets has nothing to report.

#include <cstdint>

namespace Sockets {

/// Raises the soft limit of open files to the hard one.
void raiseFileLimit();
/// A non-blocking listener on 127.0.0.1; port 0 lets the system choose.
[[nodiscard]] int listenOnLoopback(uint16_t port);
[[nodiscard]] uint16_t localPort(int socket);
/// A connected, non-blocking, no-delay socket to 127.0.0.1.
[[nodiscard]] int connectToLoopback(uint16_t port);
/// The same, but -1 where nobody listens.
[[nodiscard]] int tryConnectToLoopback(uint16_t port);
void setNoDelay(int socket);
/// Ends the program with "what: errno's text".
[[noreturn]] void fail(const char* what);

} // namespace Sockets
