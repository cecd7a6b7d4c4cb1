// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// messageText: a message of the API's conversations as plain text that can be compared and read. Not yet fit
// for a terminal. Pure.

#include <QByteArray>

class QJsonValue;

/// A text as it is, anything else as compact JSON.
[[nodiscard]] QByteArray jsonText(const QJsonValue& value);
/// Part by part, a line each: `text`, or `tool_call: get_weather {"city":"Zurich"}`.
[[nodiscard]] QByteArray messageText(const QJsonValue& message);
