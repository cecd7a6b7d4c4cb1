// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/headlessexport.h"

#include "gui/action/listcsv.h"
#include "gui/source/tracesource.h"

#include <limits>
#include <numeric>

HeadlessExport::HeadlessExport(ViewerCommandLine line, QObject* parent)
    : QObject(parent)
    , m_line(std::move(line))
    , m_sources(&m_model)
{
    m_sources.setMostKept(std::numeric_limits<qsizetype>::max());
    m_model.setMaxCalls(std::numeric_limits<qsizetype>::max());
    connect(&m_sources, &SourceSwitch::statusChanged, this, &HeadlessExport::takeStatus);
    connect(&m_sources, &SourceSwitch::loaded, this, &HeadlessExport::takeCalls);
    connect(&m_search, &BodySearch::finished, this, [this](const QString& error) {
        if (error.isEmpty())
            write();
        else
            end(error);
    });
}

HeadlessExport::~HeadlessExport() = default;

void HeadlessExport::start(const QString& storePath)
{
    m_filter = *CallFilter::parse(m_line.filter); // the command line has looked: it is one
    if (!m_line.attachTo.isEmpty())
        m_sources.attach(m_line.attachTo, m_line.token);
    else
        m_sources.openFile(m_line.files.isEmpty() ? storePath : m_line.files.first());
}

/// Nobody is here to wait for a proxy that may come back.
void HeadlessExport::takeStatus(const SourceStatus& status)
{
    const bool isWaiting = status.state == SourceStatus::State::Connecting && status.attempt == 0;
    if (!isWaiting && status.state != SourceStatus::State::Attached)
        end(status.detail.isEmpty() ? tr("The source cannot be read") : status.detail);
}

void HeadlessExport::takeCalls(const QString& error)
{
    if (!error.isEmpty()) {
        end(error);
        return;
    }
    if (m_filter.searches().isEmpty())
        write();
    else
        m_search.start(m_sources.source(), m_filter);
}

void HeadlessExport::write()
{
    if (m_isOver || std::exchange(m_isWriting, true))
        return;
    m_model.setFilter(m_filter.test());
    if (m_line.exportForm == QLatin1String(ViewerCommandLine::csvForm)) {
        writeCsv();
        return;
    }
    QByteArrayList ids;
    for (int row = 0; row < m_model.rowCount(); ++row)
        ids.append(m_model.callAt(row).id);
    m_exporter
        = std::make_unique<CallExporter>(m_sources.source(), ids, *CallExporter::formatOf(m_line.exportForm));
    connect(m_exporter.get(), &CallExporter::finished, this, &HeadlessExport::end);
    m_exporter->start(m_line.exportFile);
}

void HeadlessExport::writeCsv()
{
    QList<int> columns;
    for (int column = 0; column < RequestColumns::Count; ++column) {
        if (RequestColumns::isShownAtFirst(column))
            columns.append(column);
    }
    QList<int> rows(m_model.rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    end(writeListCsv(m_line.exportFile, listCsv(m_model, rows, columns)));
}

void HeadlessExport::end(const QString& problem, qsizetype left)
{
    if (!std::exchange(m_isOver, true))
        Q_EMIT finished(problem, left);
}
