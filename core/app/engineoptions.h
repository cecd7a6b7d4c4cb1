// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What each part of the Engine needs of the settings. Pure.

#include "config/config.h"
#include "http/httplimits.h"
#include "langfuse/langfusedelivery.h"
#include "store/tracestore.h"
#include "upstream/upstreamaccessmanager.h"

[[nodiscard]] HttpLimits httpLimits(const Config& config);
[[nodiscard]] UpstreamOptions upstreamOptions(const Config& config);
[[nodiscard]] TraceStore::Options storeOptions(const Config& config);
[[nodiscard]] LangfuseOptions langfuseOptions(const Config& config);
