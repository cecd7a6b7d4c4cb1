// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// obeyedCharacter: characters that do something instead of being seen. Pure.

#include <QChar>

/// A control character, or one that changes the direction of the text around it.
[[nodiscard]] bool isObeyed(QChar c);
