// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StoreArchive: a store file by itself, read only: the API's questions to the store, answered without a
// proxy. The file may be in use by a running one. A HAR is read into a store of its own, which goes with
// this. Lives on the main thread, answers on a thread of its own; owned by the viewer.

#include "base/clock.h"
#include "base/result.h"
#include "base/threadholder.h"
#include "live/apianswer.h"

#include <QHash>
#include <QObject>
#include <QTemporaryDir>

#include <atomic>
#include <memory>

class QueryRunner;

class StoreArchive final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StoreArchive)

public:
    explicit StoreArchive(QString path, QObject* parent = nullptr);
    ~StoreArchive() override;

    /// StoreFailed: the file is not there, is no store, or cannot be read.
    /// BadRequest: it is a HAR without calls to a provider.
    [[nodiscard]] Result<void> open();

    /// As Engine::ask(), for the questions of StoreQuestions; what else is asked is refused: 405.
    [[nodiscard]] bool ask(quint64 number, const QByteArray& method, const QByteArray& target);
    void dropQuestion(quint64 number);

Q_SIGNALS:
    void answered(quint64 number, const ApiAnswer& answer);

private:
    void give(quint64 number, const ApiAnswer& answer);
    [[nodiscard]] Result<void> readHar();

    QString m_path; // of the store
    std::unique_ptr<QTemporaryDir> m_imported; // of a HAR
    SystemClock m_clock;
    std::unique_ptr<ThreadHolder> m_thread;
    QueryRunner* m_queries = nullptr; // made and deleted on its thread
    QHash<quint64, std::shared_ptr<std::atomic_bool>> m_asked;
};
