// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// CallMarks: marks and notes of calls, kept over a restart. They are the viewer's: of its profile, in a file
// of its own, by the calls' ids; whatever the source is. Main thread; owned by main().

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

class RequestListModel;
struct CallFacts;

class CallMarks final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(CallMarks)

public:
    /// Gives the model's calls what was kept of them, and keeps what is changed there. `model` must outlive
    /// this; `fileName` need not be there.
    CallMarks(RequestListModel* model, QString fileName);
    /// Writes what is not written yet.
    ~CallMarks() override;

    /// marks.json in the folder of the profile's data.
    [[nodiscard]] static QString fileOfProfile();
    /// So many calls, those that were changed last.
    void setMost(qsizetype most) { m_most = most; }
    /// What has changed, into the file, which only its owner can read; done by itself after a moment.
    void write();

private:
    struct Kept
    {
        int mark = 0;
        QString note;
        qint64 changedAtMs = 0; // since 1970 UTC
    };
    using Table = QHash<QByteArray, Kept>;

    [[nodiscard]] Table read() const;
    void restore(CallFacts* call) const;
    void take(const CallFacts& call);

    RequestListModel* m_model;
    QString m_fileName;
    qsizetype m_most = 10'000;
    Table m_kept;
    QSet<QByteArray> m_changed; // since they were written
    qint64 m_lastChangeMs = 0; // no two changes have the same time
    QTimer m_write;
};
