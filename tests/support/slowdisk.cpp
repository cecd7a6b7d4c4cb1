// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// A slow disk for a program under test, to be named in its LD_PRELOAD: every write at a position and every
// sync takes 20 ms more. Sockets and streams do neither.

#include <ctime>
#include <dlfcn.h>
#include <sys/types.h>

namespace {

void wait()
{
    const timespec time{0, 20'000'000};
    nanosleep(&time, nullptr);
}

template <typename Function>
Function* original(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

} // namespace

extern "C" {

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset)
{
    static auto* const real = original<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    wait();
    return real(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t offset)
{
    static auto* const real = original<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    wait();
    return real(file, bytes, size, offset);
}

int fsync(int file)
{
    static auto* const real = original<int(int)>("fsync");
    wait();
    return real(file);
}

int fdatasync(int file)
{
    static auto* const real = original<int(int)>("fdatasync");
    wait();
    return real(file);
}

} // extern "C"
