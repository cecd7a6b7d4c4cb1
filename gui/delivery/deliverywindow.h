// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryWindow: how it stands with Langfuse: the connection, the ledger, the traces. Main thread, owned by
// the window.

#include "gui/delivery/deliveryfacts.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>

class LedgerView;
class QLabel;
class TraceList;
class TraceSource;

class DeliveryWindow final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryWindow)

public:
    /// Microseconds since 1970 UTC.
    using Now = std::function<qint64()>;

    /// With a parent it is a window of its own nevertheless.
    explicit DeliveryWindow(Now now, QWidget* parent = nullptr);
    ~DeliveryWindow() override;

    /// Speaks of that source from now on; null: of none. It may go before this does.
    void setSource(TraceSource* source);
    [[nodiscard]] const DeliveryFacts& facts() const { return m_facts; }

Q_SIGNALS:
    void callRequested(const QByteArray& id);
    /// Also while the window is not shown.
    void factsChanged(const DeliveryFacts& facts);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void askForTelemetry();
    void setFacts(const DeliveryFacts& facts);
    void showState();

    Now m_now;
    QPointer<TraceSource> m_source;
    DeliveryFacts m_facts;
    QTimer m_tick; // while it is shown: "8 s ago"
    QLabel* m_heading;
    QLabel* m_detail;
    LedgerView* m_ledger;
    TraceList* m_traces;
};
