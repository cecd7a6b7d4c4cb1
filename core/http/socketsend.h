// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// socketsend: bytes to the kernel without QTcpSocket in between. Its write() buffers and switches write
// notification on and off around every flush, which costs two more system calls and a copy each time.

#include <QByteArrayView>

/// Returns how many bytes the kernel took at once (0 when its buffer is full), -1 when the connection is
/// broken. Only while nothing older waits in the QTcpSocket of that descriptor.
[[nodiscard]] qint64 sendNow(qintptr descriptor, QByteArrayView bytes);
