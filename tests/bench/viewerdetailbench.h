// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the pane of one call costs: from a selected row to its conversation, and a piece more of an answer
// that is read as it comes.

#include "viewerfigure.h"

[[nodiscard]] ViewerFigures measureDetail();
