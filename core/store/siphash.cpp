// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/siphash.h"

#include <QtEndian>

#include <bit>

namespace {

/// The four words of the state.
struct SipState
{
    quint64 v0, v1, v2, v3;

    void round()
    {
        v0 += v1;
        v2 += v3;
        v1 = std::rotl(v1, 13) ^ v0;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 = std::rotl(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = std::rotl(v1, 17) ^ v2;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 = std::rotl(v2, 32);
    }
    void take(quint64 word)
    {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }
    quint64 finish()
    {
        for (int i = 0; i < 4; ++i)
            round();
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

} // namespace

SipResult sipHash(const SipKey& key, QByteArrayView bytes)
{
    SipState state{key.low ^ 0x736f6d6570736575, key.high ^ 0x646f72616e646f6d ^ 0xee,
        key.low ^ 0x6c7967656e657261, key.high ^ 0x7465646279746573};
    const char* at = bytes.data();
    for (const char* end = at + bytes.size() / 8 * 8; at < end; at += 8)
        state.take(qFromLittleEndian<quint64>(at));
    quint64 last = quint64(bytes.size()) << 56;
    for (int i = 0; i < bytes.size() % 8; ++i)
        last |= quint64(static_cast<uchar>(at[i])) << (8 * i);
    state.take(last);
    state.v2 ^= 0xee;
    SipResult result;
    result.low = state.finish();
    state.v1 ^= 0xdd;
    result.high = state.finish();
    return result;
}
