// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreLock: one process at a time writes a store. A file beside the database (`traces.db-lock`) is locked by
// the system's own means, so that the lock ends with its process however that ends; the file stays. Readers
// take no lock. Owned by StoreDatabase, telemetry thread.

#include "base/result.h"

#include <memory>

class StoreLock final
{
    Q_DISABLE_COPY_MOVE(StoreLock)

public:
    /// StoreFailed when another process holds it (named by its number where it can be read), or the file
    /// cannot be made.
    [[nodiscard]] static Result<std::unique_ptr<StoreLock>> take(const QString& storePath);
    ~StoreLock();

    /// Writes this process's number into the file, for the message of the next one: the store has been
    /// opened.
    void sign();

    /// The file beside that store.
    [[nodiscard]] static QString fileFor(const QString& storePath);
    /// A store has been opened at that path before.
    [[nodiscard]] static bool wasSigned(const QString& storePath);

private:
    class Private;
    explicit StoreLock(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};
