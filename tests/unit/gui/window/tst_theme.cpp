// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Every colour can be read on every ground it stands on, in light and in dark; every icon shows something.

#include "gui/style/theme.h"
#include "support/testprogram.h"

#include <QApplication>
#include <QDirIterator>
#include <QPainter>
#include <QPalette>
#include <QTest>

using theme::Accent;
using theme::Preference;

namespace {

constexpr double leastContrast = 4.5;
constexpr std::array everyAccent{Accent::Ok, Accent::Error, Accent::Warn, Accent::Live, Accent::Muted};

QList<QColor> groundsOf(const QPalette& palette)
{
    QList<QColor> grounds{palette.color(QPalette::Base), palette.color(QPalette::AlternateBase),
        palette.color(QPalette::Window)};
    for (const Accent accent : everyAccent)
        grounds.append(theme::tinted(theme::accent(accent, palette), palette));
    return grounds;
}

} // namespace

class TestTheme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { theme::apply(Preference::System); }

    void textsCanBeRead_data()
    {
        QTest::addColumn<int>("preference");
        QTest::addColumn<bool>("isDark");
        QTest::newRow("light") << int(Preference::Light) << false;
        QTest::newRow("dark") << int(Preference::Dark) << true;
    }
    void textsCanBeRead()
    {
        QFETCH(const int, preference);
        QFETCH(const bool, isDark);
        theme::apply(Preference(preference));
        const QPalette palette = QApplication::palette();
        QCOMPARE(theme::isDark(palette), isDark);
        for (const QColor& ground : groundsOf(palette)) {
            QVERIFY(theme::contrast(palette.color(QPalette::Text), ground) > 7);
            for (const Accent accent : everyAccent) {
                const double found = theme::contrast(theme::accent(accent, palette), ground);
                QVERIFY2(found >= leastContrast,
                    qPrintable(QStringLiteral("accent %1 on %2: %3")
                                   .arg(int(accent))
                                   .arg(ground.name())
                                   .arg(found)));
            }
        }
        QVERIFY(theme::contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight))
            >= leastContrast);
        QVERIFY(theme::contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)) > 7);
        QVERIFY(
            theme::contrast(palette.color(QPalette::Link), palette.color(QPalette::Base)) >= leastContrast);
    }

    void chipsCanBeRead()
    {
        for (const char* provider : {"anthropic", "openai", "gemini", "", "mistral", "groq", "openrouter",
                 "xai", "deepseek", "cohere", "a", "b", "c", "d", "e", "f"}) {
            const QColor ground = theme::providerColor(QString::fromLatin1(provider));
            QVERIFY2(theme::contrast(Qt::white, ground) >= leastContrast, provider);
        }
        QCOMPARE(theme::providerColor(u"mistral"), theme::providerColor(u"mistral"));
        QVERIFY(theme::providerColor(u"anthropic") != theme::providerColor(u"openai"));
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(qRound(theme::contrast(Qt::black, Qt::white) * 100), 2100);
        QCOMPARE(qRound(theme::contrast(Qt::white, QColor(0x77, 0x77, 0x77)) * 100), 448);
    }

    void iconsTakeThePalettesColour()
    {
        for (const Preference preference : {Preference::Light, Preference::Dark}) {
            theme::apply(preference);
            const QPalette palette = QApplication::palette();
            QCOMPARE(colorOf(theme::icon(QStringLiteral("clear")), QIcon::Normal),
                palette.color(QPalette::ButtonText));
            QCOMPARE(colorOf(theme::icon(QStringLiteral("clear")), QIcon::Disabled),
                palette.color(QPalette::Disabled, QPalette::ButtonText));
            QCOMPARE(colorOf(theme::icon(QStringLiteral("record"), Accent::Error), QIcon::Normal),
                theme::accent(Accent::Error, palette));
        }
    }

    // The same icon, without being made again.
    void anIconFollowsTheTheme()
    {
        theme::apply(Preference::Light);
        const QIcon icon = theme::icon(QStringLiteral("open"));
        const QColor light = colorOf(icon, QIcon::Normal);
        theme::apply(Preference::Dark);
        QVERIFY(colorOf(icon, QIcon::Normal) != light);
    }

    void everyIconShowsSomething()
    {
        int count = 0;
        QDirIterator files(QStringLiteral(":/icons"));
        while (files.hasNext()) {
            files.next();
            ++count;
            const QIcon icon = theme::icon(files.fileInfo().baseName());
            QVERIFY2(!icon.isNull(), qPrintable(files.fileName()));
            QVERIFY2(colorOf(icon, QIcon::Normal).isValid(), qPrintable(files.fileName()));
        }
        QVERIFY(count > 20);
        QVERIFY(theme::icon(QStringLiteral("no-such-icon")).isNull());
    }

    void wordsNameThePreferences()
    {
        bool isKnown = false;
        QCOMPARE(theme::preferenceOf(QStringLiteral("Dark"), &isKnown), Preference::Dark);
        QVERIFY(isKnown);
        QCOMPARE(theme::preferenceOf(theme::word(Preference::Light)), Preference::Light);
        QCOMPARE(theme::preferenceOf(QStringLiteral("pink"), &isKnown), Preference::System);
        QVERIFY(!isKnown);
    }

private:
    /// Of the first pixel that is wholly covered; none: nothing is to be seen.
    static QColor colorOf(const QIcon& icon, QIcon::Mode mode)
    {
        const QImage image = icon.pixmap(QSize(64, 64), mode).toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    return image.pixelColor(x, y);
            }
        }
        return {};
    }
};

REGISTER_TEST(TestTheme)
#include "tst_theme.moc"
