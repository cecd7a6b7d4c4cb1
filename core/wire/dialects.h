// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Dialects: the list of all APIs that are read. A new one is a file of its own and a line in dialects.cpp.

#include "wire/dialect.h"

#include <QList>

/// In the order in which calls are matched. The objects live for ever.
[[nodiscard]] const QList<const Dialect*>& allDialects();

/// The dialect of that call, or null: it is then recorded without being understood. The object lives for
/// ever.
[[nodiscard]] const Dialect* findDialect(QByteArrayView provider, QByteArrayView method, QByteArrayView path);
