// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// storedBytes: all that a proxy which has ended left in its store, to look for what must not be there. Used
// by tests, on their thread.

#include "store/tracestore.h"
#include "support/proxyprocess.h"
#include "trace/recordcodec.h"

#include <QDir>
#include <QFile>

/// The bytes of the store's files, and what its records say when they are unpacked. Empty: not one record.
inline QByteArray storedBytes(const ProxyProcess& proxy)
{
    QByteArray stored;
    const QFileInfoList files
        = QDir(proxy.directory()).entryInfoList({QStringLiteral("traces.db*")}, QDir::Files);
    for (const QFileInfo& info : files) {
        QFile file(info.filePath());
        if (file.open(QIODevice::ReadOnly))
            stored += file.readAll();
    }
    TraceStore store;
    TraceStore::Options options;
    options.path = proxy.storePath();
    if (!store.open(options))
        return {};
    const auto records = store.newest(10);
    if (!records || records->isEmpty())
        return {};
    for (const TraceRecord& record : *records)
        stored += RecordCodec::encode(record);
    return stored;
}
