// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Marks and notes: there again when the calls are.

#include "gui/model/callfilter.h"
#include "gui/model/callmarks.h"
#include "gui/model/requestlistmodel.h"
#include "support/testprogram.h"
#include "unit/gui/guisamples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

class TestCallMarks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_fileName = m_folder->filePath(QStringLiteral("data/marks.json"));
    }

    void theyAreThereAfterARestart()
    {
        {
            RequestListModel model;
            const CallMarks marks(&model, m_fileName);
            model.update({sampleCall(1), sampleCall(2), sampleCall(3)});
            model.setMark("id-1", 2);
            model.setNote("id-2", QStringLiteral("look at this"));
            model.setMark("id-3", 1);
            model.setMark("id-3", 0); // and taken away again
        }
        RequestListModel model;
        const CallMarks marks(&model, m_fileName);
        model.update({sampleCall(1), sampleCall(2), sampleCall(3)});
        QCOMPARE(model.find("id-1")->mark, 2);
        QCOMPARE(model.find("id-2")->note, QStringLiteral("look at this"));
        QCOMPARE(model.find("id-3")->mark, 0);
        model.setFilter(CallFilter::parse(QStringLiteral("marked:yes OR note:look"))->test());
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(QFileInfo(m_fileName).permissions() & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions());
        QVERIFY(!file().contains("id-3"));
    }

    void theListTakenAwayAndReadAgainHasThem()
    {
        RequestListModel model;
        const CallMarks marks(&model, m_fileName);
        model.update({sampleCall(1)});
        model.setNote("id-1", QStringLiteral("x"));
        model.clear();
        model.update({sampleCall(1)});
        QCOMPARE(model.find("id-1")->note, QStringLiteral("x"));
    }

    void theyAreWrittenByThemselves()
    {
        RequestListModel model;
        const CallMarks marks(&model, m_fileName);
        model.update({sampleCall(1)});
        model.setMark("id-1", 1);
        QTRY_VERIFY(file().contains("id-1")); // a crash later would not lose it
    }

    void twoViewersKeepEachOthers()
    {
        RequestListModel one;
        RequestListModel other;
        {
            const CallMarks marksOfOne(&one, m_fileName);
            const CallMarks marksOfOther(&other, m_fileName);
            one.update({sampleCall(1), sampleCall(2)});
            other.update({sampleCall(1), sampleCall(2)});
            one.setMark("id-1", 1);
            other.setMark("id-2", 2);
        }
        QVERIFY(file().contains("id-1"));
        QVERIFY(file().contains("id-2"));
    }

    void onlyTheLatestAreKept()
    {
        RequestListModel model;
        CallMarks marks(&model, m_fileName);
        marks.setMost(2);
        for (int n = 1; n <= 4; ++n) {
            model.update({sampleCall(n)});
            model.setMark(sampleCall(n).id, 1);
            marks.write();
        }
        QCOMPARE(file().count("id-"), 2);
        QVERIFY(file().contains("id-3"));
        QVERIFY(file().contains("id-4"));
    }

    void aFileThatIsNoneIsNoHindrance()
    {
        QDir(m_folder->path()).mkdir(QStringLiteral("data"));
        QFile broken(m_fileName);
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{\"id-1\":") > 0);
        broken.close();
        RequestListModel model;
        CallMarks marks(&model, m_fileName);
        model.update({sampleCall(1)});
        QCOMPARE(model.find("id-1")->mark, 0);
        model.setMark("id-1", 3);
        marks.write();
        QVERIFY(file().contains("\"mark\":3"));
    }

private:
    [[nodiscard]] QByteArray file() const
    {
        QFile file(m_fileName);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_fileName;
};

REGISTER_TEST(TestCallMarks)
#include "tst_callmarks.moc"
