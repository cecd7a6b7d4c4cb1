// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// theme: the colours and icons of the viewer, and the choice between light and dark. Colours are fixed
// accents that keep a contrast of 4.5 on the palette's Base, or blends into it; lighter() and darker() are
// never used: they end in neon. Asked while painting, so that a change of the palette needs nothing. Main
// thread.

#include <QColor>
#include <QIcon>
#include <QStringView>

class QPalette;

namespace theme {

enum class Accent { Ok, Error, Warn, Live, Muted };
enum class Preference { System, Light, Dark };

[[nodiscard]] bool isDark(const QPalette& palette);
/// For texts and glyphs on Base, AlternateBase and tinted() ground.
[[nodiscard]] QColor accent(Accent accent, const QPalette& palette);
/// The ground of a provider's chip: white text on it has a contrast of at least 4.5.
[[nodiscard]] QColor providerColor(QStringView provider);
/// Of the bars of the timeline: the provider's colour, as it shows on Base.
[[nodiscard]] QColor providerLineColor(QStringView provider, const QPalette& palette);
/// Text, blended 38 % into Base.
[[nodiscard]] QColor secondaryText(const QPalette& palette);
/// The ground of a card: the accent, blended 9 % (light) or 16 % (dark) into Base.
[[nodiscard]] QColor tinted(const QColor& accent, const QPalette& palette);
/// `amount` of `over`, 0..1, the rest of `base`.
[[nodiscard]] QColor blended(const QColor& base, const QColor& over, double amount);
/// By WCAG 2: 1..21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

/// A file of resources/icons by its name ("record"), in the colour of the palette's text at the time of
/// painting; a null icon when there is none.
[[nodiscard]] QIcon icon(const QString& name);
[[nodiscard]] QIcon icon(const QString& name, Accent accent);

/// For the whole application. Before Qt 6.8, System is whatever the platform's palette was.
void apply(Preference preference);
/// "light", "dark" or "system", as settings and command lines say it; nothing else is.
[[nodiscard]] QString word(Preference preference);
/// `isKnown` tells whether it was a word of these; System otherwise.
[[nodiscard]] Preference preferenceOf(const QString& word, bool* isKnown = nullptr);

} // namespace theme
