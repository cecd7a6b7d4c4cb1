// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), which the network panel of a browser opens.
// Pure.

#include <QByteArray>
#include <QJsonObject>

/// What comes before and after the entries, which commas separate.
[[nodiscard]] QByteArray harHead();
[[nodiscard]] QByteArray harTail();
/// `call`: the answer of GET /api/traces/{id}.
[[nodiscard]] QJsonObject harEntry(const QJsonObject& call);
