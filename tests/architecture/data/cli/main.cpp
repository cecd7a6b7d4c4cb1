// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "live/healthjson.h"
#include "upstream/connectionpool.h"
