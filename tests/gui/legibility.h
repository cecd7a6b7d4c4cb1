// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// legibility: what in a window cannot be read: texts that have less room than they need, and, measured in the
// picture, texts with too little contrast. Stateless; main thread.

#include <QStringList>

class QImage;
class QWidget;

namespace legibility {

/// By WCAG 2, for what can be used.
constexpr double leastContrast = 4.5;

/// Labels, buttons, tabs, choices and headers whose text is cut off. What elides by design says so with an
/// ellipsis and is left out.
[[nodiscard]] QStringList cutOffTexts(const QWidget* window);
/// `picture`: the window as it was grabbed, its device pixel ratio 2 or more: thinner strokes never show
/// their colour.
[[nodiscard]] QStringList faintTexts(const QWidget* window, const QImage& picture);

} // namespace legibility
