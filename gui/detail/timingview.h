// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TimingView: where the time of a call went: a bar of its phases, how fast its answer came, and the same in
// numbers. Main thread, owned by the DetailPane.

#include <QJsonObject>
#include <QWidget>

class QTreeWidget;
class TimingPicture;

class TimingView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TimingView)

public:
    explicit TimingView(QWidget* parent = nullptr);
    ~TimingView() override;

    /// `call`: of GET /api/traces/{id}.
    void showCall(const QJsonObject& call);
    /// The table, tabs between its columns.
    [[nodiscard]] QString text() const;

private:
    TimingPicture* m_picture;
    QTreeWidget* m_table;
};
