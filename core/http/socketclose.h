// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// socketclose: what QTcpSocket does not offer about the end of a TCP connection.

#include <QtGlobal>

/// Says that nothing more will be sent, and leaves the receiving side open (shutdown, RFC 9112 9.6: so that
/// an error answer is not lost to a reset while the peer still sends).
void shutdownSending(qintptr descriptor);
/// Makes the coming close a reset: the peer cannot take what it has for whole.
void resetOnClose(qintptr descriptor);
/// True when the peer has closed or reset, even behind bytes that nobody has read yet (on Linux; other
/// systems tell only of a reset).
[[nodiscard]] bool hasPeerClosed(qintptr descriptor);
