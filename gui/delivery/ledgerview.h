// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// LedgerView: what became of every trace, in traces and bytes, and why some did not arrive. Part of the
// DeliveryWindow; main thread.

#include "gui/delivery/deliveryfacts.h"

#include <QWidget>

class QLabel;
class QTableWidget;

class LedgerView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(LedgerView)

public:
    explicit LedgerView(QWidget* parent = nullptr);
    ~LedgerView() override;

    void setFacts(const DeliveryFacts& facts);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showCounts();
    void showReasons();
    void applyColours();

    DeliveryFacts m_facts;
    QTableWidget* m_counts;
    QTableWidget* m_reasons;
    QLabel* m_noReasons;
    QLabel* m_balance;
};
