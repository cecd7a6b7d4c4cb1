// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// FileComparison: `--diff A B`: the window shows B, and a dialog compares the newest call of A with the
// newest of B. Owned by the window; main thread.

#include <QByteArray>
#include <QObject>

#include <memory>

class MainWindow;
class TraceSource;

class FileComparison final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(FileComparison)

public:
    /// `first`: started; it is compared with the source that the window shows.
    FileComparison(MainWindow* window, std::unique_ptr<TraceSource> first);
    ~FileComparison() override;

private:
    void askForNewest(TraceSource* source, QByteArray* id);

    MainWindow* m_window;
    std::unique_ptr<TraceSource> m_first;
    QByteArray m_firstId;
    QByteArray m_secondId;
};
