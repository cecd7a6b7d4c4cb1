// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "store/storefile.h"
#include "support/testprogram.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

class TestStoreFile final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesPrivateFoldersAndFile();
    void leavesExistingFoldersAlone();
    void closesAnOpenFile();
    void refusesWhatIsNoFile();
    void refusesAFolderBelowAFile();
};

namespace {

constexpr QFile::Permissions fileOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

/// Without the bits for "user", which say again what the running user may do.
QFile::Permissions permissionsOf(const QString& path)
{
    const auto user = QFile::ReadUser | QFile::WriteUser | QFile::ExeUser;
    return QFile::permissions(path) & ~QFile::Permissions(user);
}

void touch(const QString& path, QFile::Permissions permissions)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(file.setPermissions(permissions));
}

constexpr QFile::Permissions worldReadable = fileOwnerOnly | QFile::ReadGroup | QFile::ReadOther;

} // namespace

void TestStoreFile::makesPrivateFoldersAndFile()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("a/b/traces.db"));
    QVERIFY(prepareStoreFile(path));
    QCOMPARE(permissionsOf(path), fileOwnerOnly);
    QCOMPARE(permissionsOf(dir.filePath(QStringLiteral("a/b"))), fileOwnerOnly | QFile::ExeOwner);
    QCOMPARE(permissionsOf(dir.filePath(QStringLiteral("a"))), fileOwnerOnly | QFile::ExeOwner);
    QVERIFY(prepareStoreFile(path));
}

void TestStoreFile::leavesExistingFoldersAlone()
{
    const QTemporaryDir dir;
    const auto before = worldReadable | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    QVERIFY(QFile::setPermissions(dir.path(), before));
    QVERIFY(prepareStoreFile(dir.filePath(QStringLiteral("traces.db"))));
    QCOMPARE(permissionsOf(dir.path()), before);
}

void TestStoreFile::closesAnOpenFile()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("traces.db"));
    for (const char* suffix : {"", "-wal", "-shm"})
        touch(path + QLatin1String(suffix), worldReadable);
    QVERIFY(prepareStoreFile(path));
    for (const char* suffix : {"", "-wal", "-shm"})
        QCOMPARE(permissionsOf(path + QLatin1String(suffix)), fileOwnerOnly);
}

void TestStoreFile::refusesWhatIsNoFile()
{
    const QTemporaryDir dir;
    const auto prepared = prepareStoreFile(dir.path());
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code, ErrorCode::StoreFailed);
    QVERIFY(prepared.error().message.contains(dir.path()));
}

void TestStoreFile::refusesAFolderBelowAFile()
{
    const QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("file"));
    touch(file, fileOwnerOnly);
    const auto prepared = prepareStoreFile(file + QStringLiteral("/sub/traces.db"));
    QVERIFY(!prepared);
    QVERIFY2(prepared.error().message.contains(file), qPrintable(prepared.error().message));
}

REGISTER_TEST(TestStoreFile)
#include "tst_storefile.moc"
