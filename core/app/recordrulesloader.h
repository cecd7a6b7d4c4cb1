// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// loadRecordRules: makes the RecordRules of the settings, with the built-in prices (resources/prices.json)
// and the user's. Once at start, before anything runs.

#include "config/config.h"
#include "trace/recordrules.h"

/// InvalidConfig: the message names the setting and what in it is wrong; for PRICES_FILE also the file.
[[nodiscard]] Result<RecordRules> loadRecordRules(const Config& config);
