// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallPreview: what a list says of a call in one line: what is new in its request, which tools its answer
// calls, what the provider complained about. Made of a record that has lost its secrets and what the settings
// leave out; what is omitted there is omitted here. Pure; telemetry thread.

#include "wire/conversation.h"

namespace CallPreview {

inline constexpr qsizetype maxCharacters = 200;

/// What came after the last answer in the request: the last text of the user's; without one, the results of
/// tools: `Bash (+2) → 3 files changed`, `Read failed: no such file`; else what else is there: `[image]`.
/// Remarks that clients put into the user's mouth (`<system-reminder>`) count as the user's only when there
/// is nothing else. One line of at most 200 characters, the last `…` when it was cut; empty: nothing is new.
[[nodiscard]] QByteArray ofInput(const Conversation& input);

/// The messages that ofInput() looks at: those behind the last answer, but for one that the answer is to go
/// on from.
[[nodiscard]] QList<Message> newMessages(const QList<Message>& messages);

/// Names of the tools that the answer calls, each once, in order; at most 16.
[[nodiscard]] QList<QByteArray> calledTools(const Conversation& output);

/// One line of at most 200 characters.
[[nodiscard]] QByteArray line(const QByteArray& utf8);

} // namespace CallPreview
