// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openairesponsesitems: the items that requests and answers of the Responses API consist of, as messages of
// parts. Pure; telemetry thread.
// Source: platform.openai.com/docs/api-reference/responses/create and /object (2026-11).

#include "wire/conversation.h"
#include "wire/jsonvalue.h"

namespace OpenAiResponsesItems {

/// A part, and where in its item it stands: deltas of a stream name that place.
struct ItemPart
{
    enum class Place { Summary, Call, Content }; // the order within an item

    Place place = Place::Content;
    qint64 index = 0; // summary_index or content_index
    Part part;
};

struct Item
{
    QByteArray role; // assistant, user, system, developer, tool
    QList<ItemPart> parts; // may be empty: a message that has only begun, reasoning that is not shown
};

///     message                                        its content
///     reasoning                                      Thinking for each summary and text, the last one signed
///     with
///                                                    encrypted_content; RedactedThinking when that is all
///     function_call, custom_tool_call, mcp_call      ToolCall; free-form input is a JSON string; what an
///                                                    mcp_call brought is a ToolResult
///     image_generation_call                          ToolCall without the image, Image
///     web_search_call and every other ..._call       ToolCall with the whole item as its arguments
///     ..._output                                     ToolResult
///     compaction                                     RedactedThinking
///     everything else                                Unknown
///
/// Annotations of a text are its `json`: the array as it came.
[[nodiscard]] Item readItem(JsonValue item);

/// Appends the items as messages; what the assistant says in one go becomes one message.
void appendItems(JsonValue items, QList<Message>* messages);

/// `instructions` as a system message, then `input`: a text of the user, or items.
[[nodiscard]] QList<Message> readInput(JsonValue request);

/// Of `tools`. A tool that is built in has its type for a name; an MCP server's credentials are left out.
[[nodiscard]] QList<ToolDefinition> readTools(JsonValue request);

} // namespace OpenAiResponsesItems
