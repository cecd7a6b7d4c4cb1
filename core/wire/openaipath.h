// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// openAiEndpoint: which endpoint of OpenAI's API a path means, also where a service has it below a prefix of
// its own. A prefix that stands in a base URL is never seen here: paths are the consumer's. Pure; any thread.

#include "wire/jsonvalue.h"

#include <QByteArrayView>

/// `chat/completions`, or empty when the path is no such one. A view into `path`, which has no query.
///
///     openai  /v1/ENDPOINT
///             /openai/v1/ENDPOINT                    Azure's v1 API, Groq
///             /openai/deployments/NAME/ENDPOINT      Azure with `?api-version=`
///             /openai/ENDPOINT                       the same for what needs no deployment (responses,
///             files)
///     gemini  /v1beta/openai/ENDPOINT
///
/// Source: learn.microsoft.com/azure/ai-foundry/openai/reference and /api-version-lifecycle,
/// console.groq.com/docs/openai, ai.google.dev/gemini-api/docs/openai (2026-11).
[[nodiscard]] QByteArrayView openAiEndpoint(QByteArrayView provider, QByteArrayView path);

/// NAME of a path below `/openai/deployments/`, percent-encoded as it came; empty for every other path.
[[nodiscard]] QByteArrayView azureDeployment(QByteArrayView path);

/// The model that a request names, else the deployment of its path, in which Azure has it.
[[nodiscard]] QByteArray openAiModel(JsonValue request, QByteArrayView path);
