// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TintedIconEngine: a single-colour SVG, painted in the colour that the palette has for texts at that time,
// so that an icon is seen on dark and on light ground. Owned by its QIcon; main thread.

#include "gui/style/theme.h"

#include <QIconEngine>

#include <memory>
#include <optional>

class QSvgRenderer;

class TintedIconEngine final : public QIconEngine
{
public:
    /// Without an accent: the palette's text.
    TintedIconEngine(std::shared_ptr<QSvgRenderer> drawing, std::optional<theme::Accent> accent);
    ~TintedIconEngine() override;

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine* clone() const override;

private:
    [[nodiscard]] QColor color(QIcon::Mode mode) const;

    std::shared_ptr<QSvgRenderer> m_drawing;
    std::optional<theme::Accent> m_accent;
};
