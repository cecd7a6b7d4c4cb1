// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// curlCommand: a call as a command line that sends it again. Pure.

#include <QByteArray>

class QJsonObject;

/// `call`: the answer of GET /api/traces/{id}. Masked credentials become the variables that hold the real
/// ones:
/// `-H "Authorization: Bearer $OPENAI_API_KEY"`. A body that is not text, or was cut, is told in a comment.
[[nodiscard]] QByteArray curlCommand(const QJsonObject& call);
