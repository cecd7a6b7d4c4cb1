// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/window/filecomparison.h"

#include "gui/action/comparedialog.h"
#include "gui/source/tracesource.h"
#include "gui/window/mainwindow.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStatusBar>

FileComparison::FileComparison(MainWindow* window, std::unique_ptr<TraceSource> first)
    : QObject(window)
    , m_window(window)
    , m_first(std::move(first))
{
    askForNewest(m_first.get(), &m_firstId);
    askForNewest(window->sources()->source(), &m_secondId);
}

FileComparison::~FileComparison() = default;

void FileComparison::askForNewest(TraceSource* source, QByteArray* id)
{
    source->ask("GET", "/api/traces?limit=1", this, [this, id](const SourceAnswer& answer) {
        const QJsonArray calls
            = QJsonDocument::fromJson(answer.body).object().value(QLatin1String("traces")).toArray();
        *id = calls.first().toObject().value(QLatin1String("id")).toString().toLatin1();
        if (id->isEmpty()) {
            const QString why
                = answer.isOk() ? tr("one of them has no calls") : TraceSource::errorText(answer.body);
            m_window->statusBar()->showMessage(tr("The files cannot be compared: %1").arg(why));
        }
        if (m_firstId.isEmpty() || m_secondId.isEmpty())
            return;
        auto* dialog = new CompareDialog(
            {m_first.get(), m_firstId}, {m_window->sources()->source(), m_secondId}, m_window);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->show();
    });
}
