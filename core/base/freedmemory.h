// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the process does with memory that has been freed. Called once, first thing in main().

/// Keeps up to 16 MiB a heap instead of giving it back. Left alone, glibc gives memory back after every
/// larger record and fetches it again for the next: a page fault for each 4 KiB of it. Nothing elsewhere.
void keepFreedMemory();
