// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// The file behind the store, before SQLite touches it: made with its folders so that nobody but the user can
// read what will be written (traces hold conversations). Telemetry thread.

#include "base/result.h"

/// Creates missing folders (0700) and the file (0600), or takes other people's permissions away from the file
/// and its -wal and -shm that are there. SQLite gives the files it adds the permissions of the first. Folders
/// that exist are left as they are. StoreFailed names the path and the system's words.
[[nodiscard]] Result<void> prepareStoreFile(const QString& path);

/// Whether the file was made by this program, as far as its first bytes tell: SQLite's mark and ours.
[[nodiscard]] bool hasStoreHeader(const QString& path);

/// Renames the file, its -wal and its -shm to `<path>.damaged-20261124T085700Z`, so that a new one can be
/// made. The new name, or StoreFailed with the path and the system's words.
[[nodiscard]] Result<QString> setStoreAside(const QString& path);
