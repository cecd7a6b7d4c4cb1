// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Two calls beside each other.

#include "gui/action/comparedialog.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"
#include "unit/gui/pages/keptpicture.h"

#include <QJsonArray>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTest>

namespace {

QByteArray comparedCall(const QStringList& messages, double temperature)
{
    QJsonObject call = sampleSummary(QStringLiteral("x"));
    QJsonArray said;
    for (const QString& text : messages) {
        said.append(QJsonObject{{QStringLiteral("role"), QStringLiteral("user")},
            {QStringLiteral("parts"),
                QJsonArray{QJsonObject{
                    {QStringLiteral("kind"), QStringLiteral("text")}, {QStringLiteral("text"), text}}}}});
    }
    call.insert(QStringLiteral("input"), QJsonObject{{QStringLiteral("messages"), said}});
    call.insert(QStringLiteral("parameters"), QJsonObject{{QStringLiteral("temperature"), temperature}});
    return QJsonDocument(call).toJson();
}

} // namespace

class TestCompareDialog final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatChanged()
    {
        ScriptedSource source;
        CompareDialog dialog({&source, "a"}, {&source, "b"});
        dialog.show();
        QVERIFY(QTest::qWaitForWindowExposed(&dialog));
        QCOMPARE(
            source.answerNext(comparedCall({QStringLiteral("same"), QStringLiteral("one two three")}, 0.2)),
            "/api/traces/a");
        QCOMPARE(source.answerNext(comparedCall(
                     {QStringLiteral("same"), QStringLiteral("one 2 three"), QStringLiteral("new")}, 0.7)),
            "/api/traces/b");
        const auto* items = dialog.findChild<QListWidget*>(QStringLiteral("compareItems"));
        QStringList names;
        for (int row = 0; row < items->count(); ++row)
            names.append(items->item(row)->text());
        QCOMPARE(names,
            QStringList({QStringLiteral("≠ parameter temperature"), QStringLiteral("≠ message 2 (user)"),
                QStringLiteral("+ message 3 (user)")}));
        QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("compareVerdict"))->text(),
            QStringLiteral("1 message(s) at the front are the same. "
                           "The prompt cache serves the front up to: message 2 (user)."));
        const auto* before = dialog.findChild<QPlainTextEdit*>(QStringLiteral("compareBefore"));
        const auto* after = dialog.findChild<QPlainTextEdit*>(QStringLiteral("compareAfter"));
        QCOMPARE(before->toPlainText(), QStringLiteral("0.2"));
        QTest::keyClick(dialog.findChild<QListWidget*>(), Qt::Key_Down);
        QCOMPARE(before->toPlainText(), QStringLiteral("one two three"));
        QCOMPARE(after->toPlainText(), QStringLiteral("one 2 three"));
        QCOMPARE(after->textCursor().position(), 4); // where they part
        keepPicture(&dialog, QStringLiteral("compare"));
        QTest::keyClick(dialog.findChild<QListWidget*>(), Qt::Key_Down);
        QCOMPARE(before->toPlainText(), QString());
        QCOMPARE(after->toPlainText(), QStringLiteral("new"));
    }

    void saysWhenNothingChangedOrACallIsGone()
    {
        ScriptedSource source;
        CompareDialog same({&source, "a"}, {&source, "b"});
        source.answerNext(comparedCall({QStringLiteral("same")}, 1));
        source.answerNext(comparedCall({QStringLiteral("same")}, 1));
        QCOMPARE(same.findChild<QLabel*>(QStringLiteral("compareVerdict"))->text(),
            QStringLiteral("The requests are the same."));
        CompareDialog gone({&source, "a"}, {&source, "b"});
        source.answerNext(R"({"error":{"message":"There is no trace a"}})", 404);
        QCOMPARE(gone.findChild<QLabel*>(QStringLiteral("compareVerdict"))->text(),
            QStringLiteral("There is no trace a"));
    }
};

REGISTER_TEST(TestCompareDialog)
#include "tst_comparedialog.moc"
