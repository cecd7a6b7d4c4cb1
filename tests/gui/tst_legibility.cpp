// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// What looks through the pictures sees what people would not be able to read.

#include "legibility.h"
#include "support/testprogram.h"

#include <QImage>
#include <QLabel>
#include <QTableWidget>
#include <QTest>
#include <QTextBrowser>

namespace {

/// As on a screen of twice the resolution.
QImage picture(QWidget* window)
{
    QImage image(window->size() * 2, QImage::Format_RGB32);
    image.setDevicePixelRatio(2);
    window->render(&image);
    return image;
}

QPalette inColours(const QColor& text, const QColor& ground)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::Base, ground);
    palette.setColor(QPalette::Window, ground);
    return palette;
}

} // namespace

class TestLegibility final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seesFaintLabels_data()
    {
        QTest::addColumn<QColor>("colour");
        QTest::addColumn<int>("faint");
        QTest::newRow("black") << QColor(Qt::black) << 0;
        QTest::newRow("contrast 4.54") << QColor(0x76, 0x76, 0x76) << 0;
        QTest::newRow("contrast 4.0") << QColor(0x80, 0x80, 0x80) << 1;
        QTest::newRow("contrast 1.6") << QColor(0xcc, 0xcc, 0xcc) << 1;
    }
    void seesFaintLabels()
    {
        QFETCH(const QColor, colour);
        QFETCH(const int, faint);
        QWidget window;
        window.setPalette(inColours(colour, Qt::white));
        auto* label = new QLabel(QStringLiteral("some words"), &window);
        window.resize(label->sizeHint() * 2);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QStringList found = legibility::faintTexts(&window, picture(&window));
        QVERIFY2(found.size() == faint, qPrintable(found.join(u'\n')));
    }

    void seesFaintCellsAndWords()
    {
        QWidget window;
        window.resize(500, 300);
        auto* table = new QTableWidget(1, 2, &window);
        table->setObjectName(QStringLiteral("table"));
        table->setGeometry(0, 0, 500, 100);
        table->setPalette(inColours(Qt::black, Qt::white));
        table->setItem(0, 0, new QTableWidgetItem(QStringLiteral("plain")));
        auto* pale = new QTableWidgetItem(QStringLiteral("pale"));
        pale->setForeground(QColor(0xdd, 0xdd, 0xdd));
        table->setItem(0, 1, pale);
        auto* text = new QTextBrowser(&window);
        text->setObjectName(QStringLiteral("text"));
        text->setGeometry(0, 100, 500, 200);
        text->setPalette(inColours(Qt::black, Qt::white));
        text->setHtml(QStringLiteral("<p>dark <span style=\"color:#cccccc\">faded</span> again</p>"));
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QStringList found = legibility::faintTexts(&window, picture(&window));
        QCOMPARE(found.size(), 2);
        QVERIFY2(found[0].startsWith(QLatin1String("table: \"pale\"")), qPrintable(found[0]));
        QVERIFY2(found[1].startsWith(QLatin1String("text: \"faded")), qPrintable(found[1]));
    }

    void seesWhatIsCutOff()
    {
        QWidget window;
        auto* label = new QLabel(QStringLiteral("a label of some length"), &window);
        label->setObjectName(QStringLiteral("label"));
        label->resize(label->sizeHint());
        window.resize(400, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        QCOMPARE(legibility::cutOffTexts(&window), QStringList());
        label->resize(label->width() / 2, label->height());
        QCOMPARE(legibility::cutOffTexts(&window).size(), 1);
        label->setWordWrap(true); // needs two lines and has one
        QCOMPARE(legibility::cutOffTexts(&window).size(), 1);
        label->resize(label->width(), label->heightForWidth(label->width()));
        QCOMPARE(legibility::cutOffTexts(&window), QStringList());
    }
};

REGISTER_TEST(TestLegibility)
#include "tst_legibility.moc"
