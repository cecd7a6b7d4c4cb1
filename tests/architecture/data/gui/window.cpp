// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/engine.h"
#include "langfuse/langfusedelivery.h"
#include "unknown/thing.h"
