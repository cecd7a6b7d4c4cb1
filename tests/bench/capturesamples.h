// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CaptureSamples: captured calls for bench-telemetry, as the tee hands them over. Made anew each time; the
// making is cheap beside what is measured.

#include "trace/capture.h"

#include <string>

namespace CaptureSamples {

/// `small`: a chat completion of a kilobyte. `agent`: 400 KB from a coding agent, of which all but the last
/// 20 KB stood in the nineteen calls before as well, and a streamed answer. `image`: 2 MB of base64 in a
/// request. `index` tells the calls apart.
[[nodiscard]] CaptureSegment make(const std::string& kind, qsizetype index);

} // namespace CaptureSamples
