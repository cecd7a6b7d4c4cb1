// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// BodyCredentials: keys that a request carries in its body, for the tool servers (MCP) which the provider is
// to call: they are no content, and never get into a record. Pure; used by the RecordBuilder on its copy of a
// request, telemetry thread.
//
//     {"tools":[{"type":"mcp","headers":{"X-Api-Key":"key"},"authorization":"token","server_url":"..."}]}
//     {"mcp_servers":[{"type":"url","url":"...","authorization_token":"token"}]}
//     {"tools":[{"mcpServers":[{"streamableHttpTransport":{"url":"...","headers":{"X-Api-Key":"key"}}}]}]}
//
// Sources: developers.openai.com/api/docs/guides/tools-connectors-mcp, docs.claude.com "MCP connector",
// ai.google.dev/api/caching#McpServer (2026-11).

#include "base/secret.h"

#include <QByteArray>
#include <QList>

namespace BodyCredentials {

/// Puts `***` in the place of every header, token and URL parameter that is a key, in a decoded body; in one
/// that is no valid JSON, of every text called `authorization` or `authorization_token`. Appends what was
/// found and what the answer may repeat to `found`, bare. True: the body was changed.
[[nodiscard]] bool mask(QByteArray* body, QList<Secret>* found);

} // namespace BodyCredentials
