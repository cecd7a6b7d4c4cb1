// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// logLedger: the last line of the program's log: what became of every trace. Main thread.

#include "store/ledger.h"

void logLedger(const Ledger& ledger);
