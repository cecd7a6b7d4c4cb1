// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// SipHash-2-4 with 128 bits of result: a keyed hash whose collisions nobody can look for without the key
// (Aumasson, Bernstein: SipHash: a fast short-input PRF, INDOCRYPT 2012; the longer result as in
// https://github.com/veorq/SipHash). Pure.

#include <QByteArrayView>

struct SipKey
{
    quint64 low = 0;
    quint64 high = 0;
};

struct SipResult
{
    quint64 low = 0;
    quint64 high = 0;

    bool operator==(const SipResult&) const = default;
};

[[nodiscard]] SipResult sipHash(const SipKey& key, QByteArrayView bytes);
