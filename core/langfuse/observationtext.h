// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// Observation text: what Langfuse shows as input and output of one call. Pure; telemetry thread.

#include "langfuse/eventmedia.h"
#include "trace/tracerecord.h"

namespace ObservationText {

/// The request: the provider's own JSON where that renders best, else the conversation in the common shape,
/// else the text that came, else type and size where no dialect knows more. Empty without a body.
[[nodiscard]] QByteArray input(const TraceRecord& record, EventMedia* media);

/// The answer: the assistant's message (or messages), the text that came, the error, or type and size.
[[nodiscard]] QByteArray output(const TraceRecord& record, EventMedia* media);

} // namespace ObservationText
