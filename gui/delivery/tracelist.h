// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// TraceList: the traces that Langfuse has rejected, those that wait, or those that it has accepted, the
// newest ones, with what can be done about them. Part of the DeliveryWindow; main thread.

#include <QPointer>
#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QJsonObject;
class QLabel;
class QPushButton;
class QTableWidget;
class TraceSource;
struct SourceAnswer;

class TraceList final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(TraceList)

public:
    explicit TraceList(QWidget* parent = nullptr);
    ~TraceList() override;

    /// As UsagePage::setSource().
    void setSource(TraceSource* source);
    /// Of Langfuse's project, where traces are below /traces/ID; empty: not known.
    void setProjectUrl(const QString& url);
    /// Asks for the list again.
    void refresh();

Q_SIGNALS:
    /// That call was activated (double click, Enter).
    void callRequested(const QByteArray& id);

private:
    void makeTable();
    QHBoxLayout* makeButtons();
    void takeList(const SourceAnswer& answer);
    void setRow(int row, const QJsonObject& call);
    [[nodiscard]] QList<QByteArray> selectedIds() const;
    void retry(const QList<QByteArray>& ids);
    void openInLangfuse();
    void enableButtons();

    QPointer<TraceSource> m_source;
    quint64 m_ticket = 0;
    QString m_projectUrl;
    QComboBox* m_which;
    QTableWidget* m_table;
    QLabel* m_message;
    QPushButton* m_retry;
    QPushButton* m_retryAll;
    QPushButton* m_open;
};
