// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// StatusPanel: the texts of the status bar: where calls come from, how many are shown, what they add up to,
// and how their delivery goes. Main thread, owned by the window.
//
//   ● Recording 127.0.0.1:8080 │ 24 of 24 · 1 selected │ 2 live · 0.6 calls/s │ Σ in 612k … │ Langfuse: 3
//   queued

#include "gui/model/calltotals.h"
#include "gui/source/sourceevent.h"

#include <QJsonObject>
#include <QObject>

class QLabel;
class QStatusBar;

class StatusPanel final : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(StatusPanel)

public:
    explicit StatusPanel(QStatusBar* bar);
    ~StatusPanel() override;

    void setSource(const SourceStatus& status, bool isFile, bool isRecording);
    void setCounts(qsizetype shown, qsizetype all, qsizetype selected, qsizetype dropped);
    /// `ofSelection`: of the selected calls, else of those shown.
    void setTotals(const CallTotals& totals, bool ofSelection, qsizetype live, double callsPerSecond);
    void setDelivery(const QJsonObject& telemetry);

    /// "1 412 accepted · 3 queued · 1 failed", of the ledger; "off"; empty: nothing is known yet.
    [[nodiscard]] static QString deliveryWords(const QJsonObject& telemetry);

private:
    QLabel* addLabel(const QString& name, bool isWide = false);

    QStatusBar* m_bar;
    QLabel* m_source;
    QLabel* m_counts;
    QLabel* m_live;
    QLabel* m_totals;
    QLabel* m_delivery;
};
