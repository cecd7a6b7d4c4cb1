// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// What the viewer costs as a program: until its window has been painted, and while nothing happens.

#include "viewerfigure.h"

#include <QString>

/// `binary`: langfuse-proxy-gui. Ends this program when it cannot be run.
[[nodiscard]] ViewerFigures measureProcess(const QString& binary);
