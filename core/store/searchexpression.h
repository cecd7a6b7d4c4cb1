// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// searchExpression: what a person types -> an FTS5 expression that cannot be malformed. Pure.

#include <QByteArray>

/// Words and "phrases" that must all occur, `wor*` for a beginning, `-word` for one that must not. Empty when
/// there is no word that must occur. `error -"rate limit"` -> `("error") NOT "rate limit"`.
[[nodiscard]] QByteArray searchExpression(const QByteArray& typed);
