// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// transcript: one call as people read it: what it was, the conversation, what it used and cost. Pure.

#include <QByteArray>

class QJsonObject;

/// `call`: the answer of GET /api/traces/{id}. `hasColours`: with terminal escapes.
[[nodiscard]] QByteArray transcript(const QJsonObject& call, bool hasColours);
