// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// callglyphs: the signs for a call's state and its delivery. Each has a shape of its own, so that colour is
// never all there is. Stateless; main thread.

#include "gui/model/callfacts.h"
#include "gui/style/theme.h"

class QPainter;
class QRectF;

namespace callglyphs {

[[nodiscard]] theme::Accent accent(CallFacts::State state);
[[nodiscard]] theme::Accent accent(CallFacts::Delivery delivery);
/// In the middle of `rect`, in that colour.
void paint(QPainter* painter, const QRectF& rect, CallFacts::State state, const QColor& color);
void paint(QPainter* painter, const QRectF& rect, CallFacts::Delivery delivery, const QColor& color);
/// Of a call marked by hand; `mark` from 1, the colours repeat after markColors().
[[nodiscard]] QColor markColor(int mark, const QPalette& palette);
[[nodiscard]] int markColors();

} // namespace callglyphs
