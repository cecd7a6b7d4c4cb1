// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/source/filesource.h"

FileSource::FileSource(const QString& path, QObject* parent)
    : TraceSource(parent)
    , m_path(path)
    , m_archive(path)
{
    connect(&m_archive, &StoreArchive::answered, this, [this](quint64 ticket, const ApiAnswer& answer) {
        answerTicket(ticket, {answer.status, answer.contentType, answer.body});
    });
}

FileSource::~FileSource() = default;

void FileSource::start()
{
    const Result<void> opened = m_archive.open();
    SourceStatus status;
    status.isReadOnly = true;
    status.state = opened ? SourceStatus::State::Attached : SourceStatus::State::Refused;
    status.detail = opened ? m_path : tr("%1 cannot be opened: %2").arg(m_path, opened.error().message);
    setStatus(status);
}

void FileSource::stop()
{
    setState(SourceStatus::State::Stopped);
}

void FileSource::send(quint64 ticket, const QByteArray& method, const QByteArray& target)
{
    if (!m_archive.ask(ticket, method, target))
        failTicketLater(ticket, tr("The file is not open"));
}

void FileSource::cancel(quint64 ticket)
{
    m_archive.dropQuestion(ticket);
}
