// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "viewerprocessbench.h"

#include "processwatch.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QThread>

namespace {

constexpr int processRounds = 5;
constexpr int startMs = 20'000;
constexpr int settleMs = 1500;
constexpr int idleMs = 3000;

/// The viewer with settings and a store of its own, on no screen. What it paints it says on stderr.
void startViewer(QProcess* viewer, const QString& binary, const QString& folder)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QString::fromLatin1(name), folder);
    environment.insert(QStringLiteral("STORE_PATH"), folder + QStringLiteral("/traces.db"));
    environment.insert(QStringLiteral("PORT"), QStringLiteral("0"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("QT_LOGGING_RULES"), QStringLiteral("qt.widgets.painting.info=true"));
    viewer->setProcessEnvironment(environment);
    viewer->setProcessChannelMode(QProcess::MergedChannels);
    viewer->start(binary, QStringList());
}

/// Qt's own words after the first pixels have gone to the window (QWidgetRepaintManager, 6.4 to 6.9).
bool waitForPaint(QProcess* viewer)
{
    QByteArray said;
    while (!said.contains("Flushing")) {
        if (!viewer->waitForReadyRead(startMs)) {
            qWarning("bench-viewer: nothing was painted: %s", said.right(500).constData());
            return false;
        }
        said += viewer->readAll();
    }
    return true;
}

} // namespace

ViewerFigures measureProcess(const QString& binary)
{
    std::vector<double> starts;
    std::vector<double> idle;
    std::vector<double> resident;
    for (int round = 0; round < processRounds; ++round) {
        const QTemporaryDir folder;
        QProcess viewer;
        bool isPainted = false;
        starts.push_back(millisecondsOf([&] {
            startViewer(&viewer, binary, folder.path());
            isPainted = waitForPaint(&viewer);
        }));
        if (!isPainted)
            qFatal("%s cannot be measured", qPrintable(binary));
        const ProcessWatch watch(pid_t(viewer.processId()));
        QThread::msleep(settleMs);
        const qint64 before = watch.cpuNanoseconds();
        QThread::msleep(idleMs);
        idle.push_back(double(watch.cpuNanoseconds() - before) / 1e6 / idleMs * 100);
        resident.push_back(double(watch.residentKib()) / 1024);
        viewer.terminate();
        if (!viewer.waitForFinished(startMs))
            viewer.kill();
    }
    return {viewerFigure("start of the program to its painted window", 500, starts),
        viewerFigure("processor time while nothing happens", 1, idle, "%"),
        viewerFigure("resident, without calls", 0, resident, "MiB")};
}
