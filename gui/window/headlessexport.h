// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HeadlessExport: `--export FORM:FILE --headless`: the calls of a source that fit a filter, into a file,
// without a window. Main thread of a program without a display; for one export.

#include "gui/action/callexporter.h"
#include "gui/model/requestlistmodel.h"
#include "gui/window/bodysearch.h"
#include "gui/window/sourceswitch.h"
#include "gui/window/viewercommandline.h"

class HeadlessExport final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadlessExport)

public:
    explicit HeadlessExport(ViewerCommandLine line, QObject* parent = nullptr);
    ~HeadlessExport() override;

    /// Begins; `storePath`: of the settings, where the command line names no source.
    void start(const QString& storePath);

Q_SIGNALS:
    /// Terminal. `problem`: empty, or why there is no file; `left`: so many calls have not ended, or are
    /// gone.
    void finished(const QString& problem, qsizetype left);

private:
    void takeStatus(const SourceStatus& status);
    void takeCalls(const QString& error);
    void write();
    void writeCsv();
    void end(const QString& problem, qsizetype left = 0);

    ViewerCommandLine m_line;
    RequestListModel m_model;
    SourceSwitch m_sources;
    BodySearch m_search;
    CallFilter m_filter;
    std::unique_ptr<CallExporter> m_exporter;
    bool m_isOver = false;
    bool m_isWriting = false;
};
