// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConnectionBanner: the line between tool bar and list that tells what keeps calls from coming: connecting,
// lost and when it is tried again, refused, another version, or that nothing is recorded. Hidden while all is
// well. Main thread, owned by the window.

#include "gui/source/sourceevent.h"
#include "gui/style/theme.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QPushButton;

class ConnectionBanner final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectionBanner)

public:
    /// Milliseconds since 1970 UTC.
    using Clock = std::function<qint64()>;

    explicit ConnectionBanner(Clock clock, QWidget* parent = nullptr);
    ~ConnectionBanner() override;

    /// `isRemote`: it is somebody else's proxy, whose being attached is worth a word.
    void setStatus(const SourceStatus& status, bool isRemote);
    void setRecording(bool isRecording);
    /// So many calls came while the connection was lost and are not in the list; 0: none.
    void setGap(qint64 calls);
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void retryRequested();
    void recordRequested();
    void loadRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void showState();
    [[nodiscard]] QString words(theme::Accent* accent) const;

    Clock m_clock;
    QLabel* m_text;
    QPushButton* m_retry;
    QPushButton* m_record;
    QPushButton* m_load;
    QTimer m_second;
    SourceStatus m_status;
    qint64 m_statusAtMs = 0; // when it came
    qint64 m_lostAtMs = 0;
    theme::Accent m_accent = theme::Accent::Muted;
    bool m_isRemote = false;
    qint64 m_gap = 0;
    bool m_isRecording = true;
};
