// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallDocument: calls as people read them elsewhere: Markdown, and HTML that needs nothing around it. Pure.

#include <QByteArray>

class QJsonObject;

namespace CallDocument {

/// UTF-8. `call`: the answer of GET /api/traces/{id}.
[[nodiscard]] QByteArray markdown(const QJsonObject& call);
/// What stands before, for, and after calls. Model text opens and loads nothing: all of it is escaped, and
/// the page forbids itself scripts and everything from elsewhere.
[[nodiscard]] QByteArray htmlHead();
[[nodiscard]] QByteArray html(const QJsonObject& call);
[[nodiscard]] QByteArray htmlTail();

} // namespace CallDocument
