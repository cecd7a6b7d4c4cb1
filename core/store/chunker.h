// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Chunker: cuts bytes at places that the bytes themselves decide, so that what two texts have in common is
// cut in the same places wherever it stands in them (content-defined chunking with a gear hash: Xia et al.,
// FastCDC, USENIX ATC 2016, https://www.usenix.org/conference/atc16/technical-sessions/presentation/xia).
// Pure; the telemetry thread's.

#include <QByteArrayView>
#include <QList>

namespace Chunker {

inline constexpr qsizetype smallest = 512; // but for the last one
inline constexpr qsizetype largest = 8192;

/// Where each chunk ends; the last entry is the size of the bytes. Empty for no bytes. 2.5 KB on average.
[[nodiscard]] QList<qsizetype> ends(QByteArrayView bytes);

} // namespace Chunker
