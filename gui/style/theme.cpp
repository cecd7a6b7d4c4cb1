// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/style/theme.h"

#include "gui/style/tintediconengine.h"

#include <QApplication>
#include <QFile>
#include <QHash>
#include <QPalette>
#include <QStyle>
#include <QStyleHints>
#include <QSvgRenderer>

#include <array>
#include <cmath>

namespace {

struct AccentPair
{
    QRgb light;
    QRgb dark;
};

constexpr std::array<AccentPair, 4> accentPairs{{
    {0xff19763a, 0xff6fcf97}, // Ok
    {0xffb3261e, 0xffff8a80}, // Error
    {0xff945300, 0xffffd166}, // Warn
    {0xff1a5fd0, 0xff80b3ff}, // Live
}};

/// White on them: 4.9 to 7.5.
constexpr std::array<QRgb, 6> otherProviders{
    {0xff6a4bb5, 0xff8a3d6b, 0xff4d6270, 0xff7a5b00, 0xff2f6f7d, 0xff5b6b1e}};

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
QPalette fusionPalette(bool isDark)
{
    struct Ground
    {
        QColor window, base, alternate, text, button, light, mid, dark, disabled, highlight, link;
    };
    const Ground ground = isDark ? Ground{0xff1e2023, 0xff17181b, 0xff1c1e21, 0xfff1f3f5, 0xff2b2e33,
                              0xff3a3e45, 0xff141518, 0xff0e0f11, 0xff7b8087, 0xff2f5fa8, 0xff80b3ff}
                                 : Ground{0xfff5f5f6, 0xffffffff, 0xfff7f8f9, 0xff0c0d0f, 0xfff5f5f6,
                                     0xffffffff, 0xffc4c6c9, 0xff9a9da1, 0xff8d9197, 0xff2a6ab8, 0xff1a5fd0};
    QPalette palette(ground.text, ground.button, ground.light, ground.dark, ground.mid, ground.text,
        isDark ? ground.text : QColor(Qt::white), ground.base, ground.window);
    palette.setColor(QPalette::AlternateBase, ground.alternate);
    palette.setColor(QPalette::ToolTipBase, isDark ? ground.button : QColor(0xfffffbe6));
    palette.setColor(QPalette::ToolTipText, ground.text);
    palette.setColor(QPalette::Highlight, ground.highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, ground.link);
    palette.setColor(QPalette::LinkVisited, ground.link);
    palette.setColor(QPalette::PlaceholderText, theme::blended(ground.text, ground.base, 0.38));
    for (const QPalette::ColorRole role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, ground.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, ground.mid);
    return palette;
}
#endif

double channelLuminance(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * channelLuminance(color.redF()) + 0.7152 * channelLuminance(color.greenF())
        + 0.0722 * channelLuminance(color.blueF());
}

QIcon tintedIcon(const QString& name, std::optional<theme::Accent> accent)
{
    static QHash<QString, std::shared_ptr<QSvgRenderer>> drawings; // of the main thread
    std::shared_ptr<QSvgRenderer>& drawing = drawings[name];
    if (!drawing)
        drawing = std::make_shared<QSvgRenderer>();
    const QString path = QStringLiteral(":/icons/%1.svg").arg(name);
    if (!drawing->isValid() && QFile::exists(path))
        drawing->load(path);
    return drawing->isValid() ? QIcon(new TintedIconEngine(drawing, accent)) : QIcon();
}

} // namespace

bool theme::isDark(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < 127;
}

QColor theme::accent(Accent accent, const QPalette& palette)
{
    if (accent == Accent::Muted)
        return secondaryText(palette);
    const AccentPair& pair = accentPairs[std::size_t(accent)];
    return isDark(palette) ? pair.dark : pair.light;
}

QColor theme::providerColor(QStringView provider)
{
    if (provider == QLatin1String("anthropic"))
        return 0xffb4532f;
    if (provider == QLatin1String("openai"))
        return 0xff0b7a5e;
    if (provider == QLatin1String("gemini"))
        return 0xff2b6bd6;
    std::size_t sum = 0;
    for (const QChar c : provider)
        sum = sum * 31 + c.unicode();
    return otherProviders[sum % otherProviders.size()];
}

QColor theme::providerLineColor(QStringView provider, const QPalette& palette)
{
    const QColor color = providerColor(provider);
    return isDark(palette) ? blended(color, Qt::white, 0.25) : color;
}

QColor theme::secondaryText(const QPalette& palette)
{
    return blended(palette.color(QPalette::Text), palette.color(QPalette::Base), 0.38);
}

QColor theme::tinted(const QColor& accent, const QPalette& palette)
{
    return blended(palette.color(QPalette::Base), accent, isDark(palette) ? 0.16 : 0.09);
}

QColor theme::blended(const QColor& base, const QColor& over, double amount)
{
    const auto mixed = [amount](int a, int b) { return qRound(a + (b - a) * amount); };
    return {
        mixed(base.red(), over.red()), mixed(base.green(), over.green()), mixed(base.blue(), over.blue())};
}

double theme::contrast(const QColor& a, const QColor& b)
{
    const auto [darker, lighter]
        = std::minmax({luminance(a), luminance(b)}); // values: of two it gives references
    return (lighter + 0.05) / (darker + 0.05);
}

QIcon theme::icon(const QString& name)
{
    return tintedIcon(name, std::nullopt);
}

QIcon theme::icon(const QString& name, Accent accent)
{
    return tintedIcon(name, accent);
}

void theme::apply(Preference preference)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QStyleHints* hints = QGuiApplication::styleHints();
    if (preference == Preference::System)
        hints->unsetColorScheme();
    else
        hints->setColorScheme(
            preference == Preference::Dark ? Qt::ColorScheme::Dark : Qt::ColorScheme::Light);
#else
    static const QString platformStyle = QApplication::style()->name();
    if (preference == Preference::System) {
        QApplication::setStyle(platformStyle);
        QApplication::setPalette(QPalette());
    } else {
        QApplication::setStyle(QStringLiteral("Fusion"));
        QApplication::setPalette(fusionPalette(preference == Preference::Dark));
    }
#endif
}

QString theme::word(Preference preference)
{
    switch (preference) {
    case Preference::Light:
        return QStringLiteral("light");
    case Preference::Dark:
        return QStringLiteral("dark");
    default:
        return QStringLiteral("system");
    }
}

theme::Preference theme::preferenceOf(const QString& text, bool* isKnown)
{
    for (const Preference preference : {Preference::System, Preference::Light, Preference::Dark}) {
        if (text.compare(word(preference), Qt::CaseInsensitive) == 0) {
            if (isKnown)
                *isKnown = true;
            return preference;
        }
    }
    if (isKnown)
        *isKnown = false;
    return Preference::System;
}
