// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// DeliveryView: how the delivery of one call to Langfuse stands: state, attempts, what was answered, when it
// is tried again; retries what was rejected and opens the trace's page. Main thread, owned by the
// DetailPane.

#include "gui/model/callfacts.h"

#include <QJsonObject>
#include <QPointer>
#include <QUrl>
#include <QWidget>

class QLabel;
class QPushButton;
class TraceSource;
struct SourceEvent;

class DeliveryView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(DeliveryView)

public:
    explicit DeliveryView(QWidget* parent = nullptr);
    ~DeliveryView() override;

    /// Null: there is none. Outlives this or is taken away before.
    void setSource(TraceSource* source);
    /// `call`: of GET /api/traces/{id}, or of its list.
    void showCall(const QJsonObject& call);
    [[nodiscard]] QUrl page() const { return m_page; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeEvents(const QList<SourceEvent>& events);
    void askForHealth();
    void retry();
    void copyPayload();
    void build();

    QPointer<TraceSource> m_source;
    CallFacts m_facts;
    QString m_traceId;
    QJsonObject m_telemetry; // of /api/health
    QString m_said; // by the last retry
    QUrl m_page;
    QLabel* m_text;
    QPushButton* m_retry;
    QPushButton* m_open;
    QPushButton* m_copy;
};
