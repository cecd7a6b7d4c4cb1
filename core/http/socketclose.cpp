// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/socketclose.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#include <sys/socket.h>
#endif

void shutdownSending(qintptr descriptor)
{
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(descriptor), SD_SEND);
#else
    ::shutdown(int(descriptor), SHUT_WR);
#endif
}

void resetOnClose(qintptr descriptor)
{
    linger option{};
    option.l_onoff = 1;
#ifdef Q_OS_WIN
    ::setsockopt(
        SOCKET(descriptor), SOL_SOCKET, SO_LINGER, reinterpret_cast<const char*>(&option), sizeof(option));
#else
    ::setsockopt(int(descriptor), SOL_SOCKET, SO_LINGER, &option, sizeof(option));
#endif
}

bool hasPeerClosed(qintptr descriptor)
{
#ifdef Q_OS_WIN
    WSAPOLLFD request{SOCKET(descriptor), 0, 0};
    return ::WSAPoll(&request, 1, 0) > 0 && (request.revents & (POLLHUP | POLLERR)) != 0;
#else
#ifdef POLLRDHUP
    constexpr short closed = POLLHUP | POLLERR | POLLRDHUP;
#else
    constexpr short closed = POLLHUP | POLLERR;
#endif
    pollfd request{int(descriptor), closed, 0};
    return ::poll(&request, 1, 0) > 0 && (request.revents & closed) != 0;
#endif
}
