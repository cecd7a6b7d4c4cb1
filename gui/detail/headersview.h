// SPDX-FileCopyrightText: 2026 langfuse-proxy contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

// HeadersView: the heads of a call's request and answer, with the secrets in them marked that were masked
// before the call was kept. Main thread, owned by the DetailPane.

#include <QJsonObject>
#include <QWidget>

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

class HeadersView final : public QWidget
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(HeadersView)

public:
    explicit HeadersView(QWidget* parent = nullptr);
    ~HeadersView() override;

    /// `call`: of GET /api/traces/{id}.
    void showCall(const QJsonObject& call);

private:
    void addHead(const QString& title, const QString& line, const QJsonValue& headers);
    void applyFilter();
    void copyCurrent();

    QLineEdit* m_filter;
    QTreeWidget* m_tree;
};
