// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/action/callexporter.h"

#include "app/harentry.h"
#include "gui/action/calldocument.h"
#include "gui/source/tracesource.h"

#include <QJsonDocument>
#include <QJsonObject>

CallExporter::CallExporter(TraceSource* source, QByteArrayList ids, ExportFormat format, QObject* parent)
    : QObject(parent)
    , m_source(source)
    , m_ids(std::move(ids))
    , m_format(format)
{
}

CallExporter::~CallExporter()
{
    cancel();
}

std::optional<ExportFormat> CallExporter::formatOf(QStringView word)
{
    for (const auto& [known, format] : {std::pair{"har", ExportFormat::Har},
             {"jsonl", ExportFormat::JsonLines}, {"records", ExportFormat::Records},
             {"markdown", ExportFormat::Markdown}, {"html", ExportFormat::Html}}) {
        if (word == QLatin1String(known))
            return format;
    }
    return std::nullopt;
}

QString CallExporter::suffix(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Har:
        return QStringLiteral("har");
    case ExportFormat::Markdown:
        return QStringLiteral("md");
    case ExportFormat::Html:
        return QStringLiteral("html");
    case ExportFormat::JsonLines:
    case ExportFormat::Records:
        break;
    }
    return QStringLiteral("jsonl");
}

void CallExporter::start(const QString& fileName)
{
    m_file.setFileName(fileName);
    // Conversations: nobody else's business.
    if (!m_file.open(QIODevice::WriteOnly)
        || !m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        fail(m_file.errorString());
        return;
    }
    if (m_format == ExportFormat::Har)
        m_file.write(harHead());
    else if (m_format == ExportFormat::Html)
        m_file.write(CallDocument::htmlHead());
    askNext();
}

void CallExporter::cancel()
{
    m_isOver = true;
    m_file.cancelWriting();
    if (m_source)
        m_source->drop(m_ticket);
}

void CallExporter::askNext()
{
    if (m_next == m_ids.size()) {
        end();
        return;
    }
    if (!m_source) {
        fail(tr("The source is gone"));
        return;
    }
    QByteArray target = "/api/traces/" + m_ids.at(m_next).toPercentEncoding();
    if (m_format == ExportFormat::Records)
        target += "/record";
    m_ticket = m_source->ask("GET", target, this, [this](const SourceAnswer& answer) { take(answer); });
}

void CallExporter::take(const SourceAnswer& answer)
{
    if (answer.isOk()) {
        const QByteArray before
            = m_format == ExportFormat::Har && m_written > 0 ? QByteArray(",\n") : QByteArray();
        if (m_file.write(before + entryOf(answer.body)) < 0) {
            fail(m_file.errorString());
            return;
        }
        ++m_written;
    } else if (answer.status != 404) { // deleted meanwhile, or open: the others are not to be lost for it
        fail(TraceSource::errorText(answer.body));
        return;
    }
    ++m_next;
    Q_EMIT progressed(m_next, m_ids.size());
    if (!m_isOver)
        askNext();
}

QByteArray CallExporter::entryOf(const QByteArray& json) const
{
    if (m_format == ExportFormat::JsonLines || m_format == ExportFormat::Records)
        return json + '\n';
    const QJsonObject call = QJsonDocument::fromJson(json).object();
    if (m_format == ExportFormat::Har)
        return QJsonDocument(harEntry(call)).toJson(QJsonDocument::Compact);
    return m_format == ExportFormat::Html ? CallDocument::html(call) : CallDocument::markdown(call) + '\n';
}

void CallExporter::end()
{
    if (m_format == ExportFormat::Har)
        m_file.write(harTail());
    else if (m_format == ExportFormat::Html)
        m_file.write(CallDocument::htmlTail());
    if (!m_file.commit()) {
        fail(m_file.errorString());
        return;
    }
    m_isOver = true;
    Q_EMIT finished({}, m_ids.size() - m_written);
}

void CallExporter::fail(const QString& problem)
{
    m_isOver = true;
    m_file.cancelWriting();
    QMetaObject::invokeMethod(
        this, [this, problem] { Q_EMIT finished(problem, 0); }, Qt::QueuedConnection);
}
