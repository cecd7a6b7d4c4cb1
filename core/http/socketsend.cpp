// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/socketsend.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <cerrno>
#include <sys/socket.h>
#endif

qint64 sendNow(qintptr descriptor, QByteArrayView bytes)
{
#ifdef Q_OS_WIN
    const int length = int(qMin<qsizetype>(bytes.size(), 1 << 30));
    const int sent = ::send(SOCKET(descriptor), bytes.data(), length, 0);
    if (sent >= 0)
        return sent;
    return WSAGetLastError() == WSAEWOULDBLOCK ? 0 : -1;
#else
    while (true) {
        // The descriptor does not block: QTcpSocket has seen to that.
        const ssize_t sent = ::send(int(descriptor), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent >= 0)
            return sent;
        if (errno == EINTR)
            continue;
        return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS ? 0 : -1;
    }
#endif
}
