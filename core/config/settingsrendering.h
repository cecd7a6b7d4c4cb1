// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// settingsrendering: the table of settings as people read it. A test compares both files with what is
// rendered here.

#include <QByteArray>

/// The file resources/.env.example.
[[nodiscard]] QByteArray renderEnvExample();
/// The README's table, Markdown.
[[nodiscard]] QByteArray renderMarkdownTable();
