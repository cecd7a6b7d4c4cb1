// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FileSource: a store file or a HAR, read only: what some proxy has kept. Nothing new comes from it. Main
// thread.

#include "app/storearchive.h"
#include "gui/source/tracesource.h"

class FileSource final : public TraceSource
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileSource)

public:
    explicit FileSource(const QString& path, QObject* parent = nullptr);
    ~FileSource() override;

    void start() override;
    void stop() override;

private:
    void send(quint64 ticket, const QByteArray& method, const QByteArray& target) override;
    void cancel(quint64 ticket) override;

    QString m_path;
    StoreArchive m_archive;
};
