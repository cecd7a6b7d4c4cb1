// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// manPage: langfuse-proxy(1), made from the commands and the settings.

#include <QByteArray>

namespace CLI {
class App;
}

/// roff with the man macros.
[[nodiscard]] QByteArray renderManPage(const CLI::App& app);
