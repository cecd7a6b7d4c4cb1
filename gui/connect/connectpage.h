// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// ConnectPage: what stands where the calls will be, before there are any: whether the proxy listens and
// where, what to paste into clients, and a test that needs no key. Main thread, owned by the window.

#include "gui/source/sourceevent.h"

#include <QPointer>
#include <QWidget>

class QBoxLayout;
class QJsonObject;
class QLabel;
class QPushButton;
class QTabWidget;
class TraceSource;

class ConnectPage final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ConnectPage)

public:
    explicit ConnectPage(QWidget* parent = nullptr);
    ~ConnectPage() override;

    /// Speaks of that source from now on; null: of none. It may go before this does.
    void setSource(TraceSource* source);
    /// `telemetry` as in /api/health: whether there is delivery.
    void setTelemetry(const QJsonObject& telemetry);
    /// What is in the tab in front, as Copy puts it on the clipboard.
    [[nodiscard]] QString currentSnippet() const;

Q_SIGNALS:
    void openRequested();
    void attachRequested();
    void settingsRequested();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeButtons(QBoxLayout* column);
    void setStatus(const SourceStatus& status);
    void setSnippets(const SourceStatus& status);
    void setDelivery();
    void showResult(const QString& text);
    void enlargeHeading();
    void test();
    void copy();

    QPointer<TraceSource> m_source;
    QLabel* m_heading;
    QLabel* m_detail;
    QTabWidget* m_tabs;
    QPushButton* m_copy;
    QPushButton* m_test;
    QPushButton* m_retry;
    QLabel* m_result; // of the test
    QLabel* m_keys;
    QLabel* m_delivery;
    QByteArray m_url; // that the snippets name
    bool m_hasDelivery = false;
    bool m_isDeliveryKnown = false;
    int m_openTests = 0;
};
