// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/settingsrendering.h"
#include "support/testprogram.h"

#include <QFile>

using namespace Qt::StringLiterals;

// The README's table of settings is rendered, not written: between the two marker lines stands exactly what
// renderMarkdownTable() gives. With UPDATE_RENDERED_FILES set in the environment the table is put there.
class TestReadme final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheTableOfSettings();
};

void TestReadme::showsTheTableOfSettings()
{
    QFile file(QStringLiteral(SOURCE_DIR "/README.md"));
    QVERIFY2(file.open(QIODevice::ReadOnly), "README.md cannot be read");
    QByteArray readme = file.readAll();
    file.close();

    const QByteArray opening = "<!-- settings -->\n"_ba;
    const QByteArray closing = "<!-- /settings -->\n"_ba;
    const qsizetype start = readme.indexOf(opening);
    const qsizetype end = readme.indexOf(closing);
    QVERIFY2(start >= 0 && end > start, "README.md lacks the marker lines of the settings table");
    const qsizetype tableStart = start + opening.size();
    if (qEnvironmentVariableIsSet("UPDATE_RENDERED_FILES")) {
        readme.replace(tableStart, end - tableStart, renderMarkdownTable());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(readme), readme.size());
        return;
    }
    QCOMPARE(QString::fromUtf8(readme.sliced(tableStart, end - tableStart)).trimmed(),
        QString::fromUtf8(renderMarkdownTable()).trimmed());
}

REGISTER_TEST(TestReadme)
#include "tst_readme.moc"
