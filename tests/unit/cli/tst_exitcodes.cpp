// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The README's table of exit codes is rendered, not written; with UPDATE_RENDERED_FILES set it is put there.

#include "cli/exitcodes.h"
#include "support/testprogram.h"

#include <QFile>

class TestExitCodes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readmeShowsThem();
    void errorsHaveOne();
};

void TestExitCodes::readmeShowsThem()
{
    QFile file(QStringLiteral(SOURCE_DIR "/README.md"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray readme = file.readAll();
    file.close();
    const QByteArray opening = "<!-- exit codes -->\n";
    const qsizetype start = readme.indexOf(opening) + opening.size();
    const qsizetype end = readme.indexOf("<!-- /exit codes -->");
    QVERIFY2(start >= opening.size() && end >= start, "README.md lacks the marker lines of the exit codes");
    if (qEnvironmentVariableIsSet("UPDATE_RENDERED_FILES")) {
        readme.replace(start, end - start, renderExitCodeTable());
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(readme), readme.size());
        return;
    }
    QCOMPARE(readme.sliced(start, end - start).trimmed(), renderExitCodeTable().trimmed());
}

void TestExitCodes::errorsHaveOne()
{
    QCOMPARE(exitCodeOf({ErrorCode::InvalidConfig, {}, {}}), ExitCode::Config);
    QCOMPARE(exitCodeOf({ErrorCode::StoreFailed, {}, {}}), ExitCode::CannotStore);
    QCOMPARE(exitCodeOf({ErrorCode::ConnectionFailed, {}, {}}), ExitCode::Unavailable);
}

REGISTER_TEST(TestExitCodes)
#include "tst_exitcodes.moc"
