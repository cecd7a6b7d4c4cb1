// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// indentedJson: JSON with line ends and blanks for reading. Pure.

#include <QByteArray>

/// Only the white space between the tokens is another: members keep their order, numbers and texts their
/// letters, since providers cache prompts by their bytes. What is no JSON comes back as it is.
[[nodiscard]] QByteArray indentedJson(const QByteArray& json);
