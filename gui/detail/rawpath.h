// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// rawPath: where in a request's own body the part of a conversation stands, in whichever provider's form.

#include <QString>

class QJsonObject;

/// `path`: "input.messages[3].parts[0]" or "input.tools" of GET /api/traces/{id}; `call`: that; `body`: the
/// request's. Gives "messages[2].content[0]"; empty when it cannot be told.
[[nodiscard]] QString rawPath(const QString& path, const QJsonObject& call, const QJsonObject& body);
