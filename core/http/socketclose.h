// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// socketclose: the two ways of ending a TCP connection that QTcpSocket does not offer.

#include <QtGlobal>

/// Says that nothing more will be sent, and leaves the receiving side open (shutdown, RFC 9112 9.6: so that
/// an error answer is not lost to a reset while the peer still sends).
void shutdownSending(qintptr descriptor);
/// Makes the coming close a reset: the peer cannot take what it has for whole.
void resetOnClose(qintptr descriptor);
