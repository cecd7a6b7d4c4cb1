// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// completions: what bash, zsh and fish need to complete the command line, made from the commands.

#include <QByteArray>

namespace CLI {
class App;
}

/// `shell`: bash, zsh or fish.
[[nodiscard]] QByteArray renderCompletion(const CLI::App& app, const QByteArray& shell);
