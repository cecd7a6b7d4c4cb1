// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// boundConversation: cuts a conversation to a number of content bytes. Pure.

#include "wire/conversation.h"

/// Keeps the newest messages whole; the part that crosses the bound ends in `…[truncated N bytes]`, what is
/// older keeps its roles and kinds only, with the same mark. Cut tool arguments and other JSON become marked
/// text. Media given as data URIs are counted apart and may take TextBudget::mediaFactor times as
/// much; what does not fit of them becomes a note (mediaNote()). True when something was cut.
bool boundConversation(Conversation* conversation, qsizetype maximumBytes);
