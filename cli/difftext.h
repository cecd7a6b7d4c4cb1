// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// diffText: what changed between two requests, for a terminal. Pure.

#include <QByteArray>

struct CallDiff;

/// `hasColours`: with terminal escapes.
[[nodiscard]] QByteArray diffText(const CallDiff& diff, bool hasColours);
