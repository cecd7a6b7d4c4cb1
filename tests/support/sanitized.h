// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// isSanitized: this is AddressSanitizer's build, which is slower and keeps what is freed. GCC says so by a
// macro, clang by a feature.

#ifdef __SANITIZE_ADDRESS__
constexpr bool isSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif
#else
constexpr bool isSanitized = false;
#endif

/// The step through offsets that are all tried: the sanitizers' build, several times slower, tries each
/// seventh.
constexpr int everyOffset = isSanitized ? 7 : 1;
