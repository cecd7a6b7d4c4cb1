// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "base/good.h"
#include "config/config.h"
#include "http/clientcall.h"
#include "trace/capture.h"
#include "upstream/upstreamreply.h"
#include "wire/dialects.h"
#include "store/tracestore.h"
